import { probe } from '../../../src/engine/backends/index.ts';
import { relativeError, maxAbsError } from '../../seeded.ts';
import { contendersOf, median } from '../plan.ts';
import type { Contender, Measurement, Plan, Report } from '../types.ts';
import type { Frame } from './engine.ts';

/** Float32 all the way; a wrong layer is off by far more. */
const TOLERANCE = 1e-3;
/** An independent implementation, and exact float32: what all logits are compared with. */
const REFERENCE: Contender = { name: 'ort/wasm', threads: 1 };

/**
 * Runs a plan in this page: for each variant all engines are opened, one after another, each in a
 * frame of its own; their logits are compared; then they predict in turns, so that whatever else the
 * machine does meets all of them. Throws when an engine's logits are wrong.
 */
export async function runPlan(
  plan: Plan,
  versions: Report['versions'],
  tell: (progress: string) => void = () => undefined,
): Promise<Report> {
  // WebGPU is not in every browser; the others are.
  const webgpu = (await probe(['webgpu'])).webgpu !== undefined;
  const engines = plan.engines.filter((name) => webgpu || !name.endsWith('/webgpu'));
  const results: Measurement[] = [];
  const renderers: string[] = [];
  for (const variant of plan.variants) {
    tell(`${variant}: reference`);
    const expected = await referenceOf(plan, variant);
    const opened: Opened[] = [];
    for (const contender of contendersOf(engines, navigator.hardwareConcurrency)) {
      tell(`${variant}: ${labelOf(contender)} opens`);
      const one = await openFrame(contender, variant, plan.resolution);
      opened.push(one);
      renderers.push(one.frame.renderer());
      if (!(relativeError(one.first.logits, expected) < TOLERANCE))
        throw new Error(
          `${labelOf(contender)} gives other logits for ${variant}: off by ${maxAbsError(one.first.logits, expected)}.`,
        );
    }
    for (let repeat = 1; repeat <= plan.repeats; repeat++) {
      tell(`${variant}: ${repeat} of ${plan.repeats}`);
      for (const one of opened) one.passes.push(await one.frame.time());
    }
    for (const one of opened) {
      results.push(measurementOf(one, plan, variant, expected));
      one.element.remove();
    }
  }
  return {
    schema: 1,
    renderer: renderers.find((name) => name !== '') ?? '',
    userAgent: navigator.userAgent,
    hardwareConcurrency: navigator.hardwareConcurrency,
    versions,
    results,
  };
}

interface Opened {
  readonly contender: Contender;
  readonly element: HTMLIFrameElement;
  readonly frame: Frame;
  readonly first: Awaited<ReturnType<Frame['open']>>;
  readonly passes: Awaited<ReturnType<Frame['time']>>[];
}

async function referenceOf({ resolution }: Plan, variant: string): Promise<Float32Array> {
  const { element, first } = await openFrame(REFERENCE, variant, resolution);
  element.remove();
  return first.logits;
}

async function openFrame(
  contender: Contender,
  variant: string,
  resolution: number,
): Promise<Opened> {
  const element = document.createElement('iframe');
  element.title = labelOf(contender);
  element.src = 'engine.html';
  await new Promise((resolve) => {
    element.onload = resolve;
    document.body.append(element);
  });
  const frame = element.contentWindow?.openFrame?.(contender, variant, resolution);
  if (!frame) throw new Error(`The frame of ${labelOf(contender)} did not load.`);
  return { contender, element, frame, first: await frame.open(), passes: [] };
}

function measurementOf(
  { contender, frame, first, passes }: Opened,
  { resolution, repeats }: Plan,
  variant: string,
  expected: Float32Array,
): Measurement {
  const [engine = '', backend = ''] = contender.name.split('/');
  return {
    variant,
    engine,
    backend,
    threads: contender.threads,
    resolution,
    openMs: first.openMs,
    firstMs: first.firstMs,
    medianMs: median(passes.map(({ ms }) => ms)),
    minMs: Math.min(...passes.map(({ ms }) => ms)),
    repeats,
    programs: passes.at(-1)?.programs ?? 0,
    gpuBytes: frame.gpuBytes(),
    maxAbsError: maxAbsError(first.logits, expected),
  };
}

function labelOf({ name, threads }: Contender): string {
  return threads === null ? name : `${name} x${threads}`;
}
