/** One picture through one network after the other. */
import type { BackendName, Precision } from '../../engine/backend.ts';
import type { OpenedClassifier, OpenOptions } from '../../engine/client.ts';
import type { Weights } from '../../engine/open.ts';
import type { Prediction, Timing } from '../../engine/types.ts';
import { messageOf } from '../messageOf.ts';
import type { Rung } from './rungs.ts';

/** What became of a rung. */
export type Outcome =
  | { readonly kind: 'running' }
  | { readonly kind: 'answered'; readonly top: Prediction; readonly timing: Timing | null }
  | { readonly kind: 'failed'; readonly why: string };

export interface Climb {
  readonly open: (
    weights: Promise<Weights>,
    options: Omit<OpenOptions, 'signal'> & { readonly signal: AbortSignal },
  ) => Promise<OpenedClassifier>;
  readonly backend: BackendName;
  readonly precision: Precision;
  readonly known: OpenOptions['known'];
  readonly picture: Blob;
  readonly tell: (rung: Rung, outcome: Outcome) => void;
  readonly signal: AbortSignal;
}

/** A network that takes longer for a pass is no use here. */
export const PATIENCE_MS = 30_000;

/**
 * Climbs from rung to rung with one network in memory at a time. What fails, or takes longer than
 * `PATIENCE_MS` for a pass, is told, and the next one is tried. The signal ends it.
 */
export async function climb(rungs: readonly Rung[], climbing: Climb): Promise<void> {
  const tell: Climb['tell'] = (rung, outcome) => {
    if (!climbing.signal.aborted) climbing.tell(rung, outcome);
  };
  for (const rung of rungs) {
    if (climbing.signal.aborted) return;
    tell(rung, { kind: 'running' });
    tell(rung, await step(rung, climbing));
  }
}

async function step(
  rung: Rung,
  { open, backend, precision, known = [], picture, signal }: Climb,
): Promise<Outcome> {
  let classifier: OpenedClassifier | null = null;
  const late = new AbortController();
  const stop = AbortSignal.any([signal, late.signal]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    classifier = await open(rung.weights(stop), {
      ...rung.options,
      ...{ backend, precision, known, signal: stop },
    });
    const ended = new Promise<never>((_, reject) => {
      stop.addEventListener('abort', () => {
        reject(new Error(TOO_SLOW));
      });
    });
    const gone = classifier.died.then((error) => Promise.reject(error));
    timer = setTimeout(() => {
      late.abort();
    }, PATIENCE_MS);
    const answer = await Promise.race([classifier.classify(picture, 1), ended, gone]);
    clearTimeout(timer);
    const timing = await Promise.race([classifier.measure(), gone]);
    const [top] = answer.predictions;
    return top ? { kind: 'answered', top, timing } : { kind: 'failed', why: 'It gave no answer.' };
  } catch (error) {
    return { kind: 'failed', why: messageOf(error) };
  } finally {
    clearTimeout(timer);
    classifier?.dispose();
  }
}

const TOO_SLOW = `A pass takes longer than ${PATIENCE_MS / 1000} s on this device: stopped.`;
