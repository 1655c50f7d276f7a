/** A contender opened for one variant: in a frame of its own, or behind the server. */
import { maxAbsError, relativeError } from '../../seeded.ts';
import { median } from '../plan.ts';
import type { Contender, Failure, Measurement } from '../types.ts';
import type { Frame } from './engine.ts';
import { nativeFrame } from './native.ts';

/** Float32 all the way; a wrong layer is off by far more. */
const TOLERANCE = 1e-3;
/** An engine that does not open within so many milliseconds never will. */
const PATIENCE_MS = 180_000;

export interface Opened {
  readonly contender: Contender;
  readonly frame: Frame;
  readonly first: Awaited<ReturnType<Frame['open']>>;
  readonly passes: Awaited<ReturnType<Frame['time']>>[];
  /** Of a package that the page does not bring, by its name. */
  readonly versions: Readonly<Record<string, string>>;
  close(): void;
}

/** Opens a contender and predicts once; rejects with an Error whose message is the reason. */
export async function openContender(
  contender: Contender,
  variant: string,
  resolution: number,
): Promise<Opened> {
  if (contender.name === 'ort/native') {
    const frame = nativeFrame(variant, resolution, contender.threads ?? 1);
    const first = await frame.open();
    const versions = { 'onnxruntime-node': frame.version() };
    return {
      contender,
      frame,
      first,
      passes: [],
      versions,
      close: () => {
        frame.close();
      },
    };
  }
  const element = document.createElement('iframe');
  element.title = labelOf(contender);
  element.src = 'engine.html';
  const close = (): void => {
    element.remove();
  };
  try {
    await new Promise((resolve) => {
      element.onload = resolve;
      document.body.append(element);
    });
    const frame = element.contentWindow?.openFrame?.(contender, variant, resolution);
    if (!frame) throw new Error(`The frame of ${labelOf(contender)} did not load.`);
    const first = await within(PATIENCE_MS, frame.open());
    return { contender, frame, first, passes: [], versions: {}, close };
  } catch (error) {
    close();
    throw error;
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => {
      reject(new Error(`It did not open within ${ms / 1000} s.`));
    }, ms);
  });
  return Promise.race([work, late]);
}

/** Throws an Error when an engine's logits are not those of the reference. */
export function requireAgreement({ first: { logits } }: Opened, expected: Float32Array): void {
  if (!(relativeError(logits, expected) < TOLERANCE))
    throw new Error(
      `It gives other logits than the rest: off by ${maxAbsError(logits, expected)}.`,
    );
}

export function measurementOf(
  { contender, frame, first, passes }: Opened,
  { variant, resolution }: { variant: string; resolution: number },
  expected: Float32Array,
): Measurement {
  const times = passes.map(({ ms }) => ms);
  return {
    variant,
    ...partsOf(contender),
    resolution,
    openMs: first.openMs,
    firstMs: first.firstMs,
    medianMs: median(times),
    minMs: Math.min(...times),
    repeats: times.length,
    programs: passes.at(-1)?.programs ?? 0,
    gpuBytes: frame.gpuBytes(),
    maxAbsError: maxAbsError(first.logits, expected),
    gpu: frame.gpu(),
  };
}

export function failureOf(contender: Contender, variant: string, error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const [line = ''] = message.split('\n');
  return { variant, ...partsOf(contender), reason: line === '' ? 'It failed.' : line };
}

function partsOf({ name, threads }: Contender): Pick<Failure, 'engine' | 'backend' | 'threads'> {
  const [engine = '', backend = ''] = name.split('/');
  return { engine, backend, threads };
}

export function labelOf({ name, threads }: Contender): string {
  return threads === null ? name : `${name} x${threads}`;
}
