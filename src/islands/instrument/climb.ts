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
  | { readonly kind: 'failed' | 'skipped'; readonly why: string };

export interface Climb {
  readonly open: (
    weights: Promise<Weights>,
    options: Omit<OpenOptions, 'signal'> & { readonly signal: AbortSignal },
  ) => Promise<OpenedClassifier>;
  readonly backend: BackendName;
  readonly precision: Precision;
  readonly known: OpenOptions['known'];
  readonly picture: Blob;
  /** What stands against a rung on this device, in a sentence; null where it is tried. */
  readonly whyNot: (rung: Rung) => string | null;
  readonly tell: (rung: Rung, outcome: Outcome) => void;
  readonly signal: AbortSignal;
}

/**
 * Climbs from rung to rung with one network in memory at a time. What cannot run here, fails, or takes
 * longer for a pass than a page waits is told, and the next one is tried. The signal ends it.
 */
export async function climb(rungs: readonly Rung[], climbing: Climb): Promise<void> {
  const tell: Climb['tell'] = (rung, outcome) => {
    if (!climbing.signal.aborted) climbing.tell(rung, outcome);
  };
  for (const rung of rungs) {
    if (climbing.signal.aborted) return;
    const why = climbing.whyNot(rung);
    if (why !== null) {
      tell(rung, { kind: 'skipped', why });
      continue;
    }
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
    const { SLOW_MS, slowError } = await import('../../engine/limits.ts');
    classifier = await open(rung.weights(stop), {
      ...rung.options,
      ...{ backend, precision, known, signal: stop },
    });
    const ended = new Promise<never>((_, reject) => {
      stop.addEventListener('abort', () => {
        reject(slowError(SLOW_MS));
      });
    });
    const gone = classifier.died.then((error) => Promise.reject(error));
    timer = setTimeout(() => {
      late.abort();
    }, SLOW_MS);
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
