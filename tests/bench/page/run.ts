import { contendersOf, SLOW_MS, takesTurn } from '../plan.ts';
import type { Contender, Failure, Measurement, Plan, Report } from '../types.ts';
import {
  failureOf,
  labelOf,
  measurementOf,
  openContender,
  requireAgreement,
  type Opened,
} from './contender.ts';

/** An independent implementation, and exact float32: what all logits are compared with. */
const REFERENCE: Contender = { name: 'ort/wasm', threads: 1 };

/**
 * Runs a plan in this page: for each variant all engines are opened, one after another; their logits
 * are compared; then they predict in turns, so that whatever else the machine does meets all of them.
 * An engine that fails is told with its reason, and the others go on. Rejects when the reference fails.
 */
export async function runPlan(
  plan: Plan,
  versions: Report['versions'],
  tell: (progress: string) => void = () => undefined,
): Promise<Report> {
  const runs: VariantRun[] = [];
  for (const variant of plan.variants)
    runs.push(
      await runVariant(
        variant,
        { ...plan, slow: slowIn(runs.flatMap(({ results }) => results)) },
        tell,
      ),
    );
  const results = runs.flatMap((run) => run.results);
  return {
    schema: 1,
    renderer: results.find(({ gpu }) => gpu !== null)?.gpu ?? '',
    userAgent: navigator.userAgent,
    hardwareConcurrency: navigator.hardwareConcurrency,
    versions: together([{ versions }, ...runs]),
    results,
    failures: runs.flatMap((run) => run.failures),
  };
}

/** The engines that took too long for a variant already, with the reason not to try them again. */
function slowIn(results: readonly Measurement[]): ReadonlyMap<string, string> {
  return new Map(
    results
      .filter(({ medianMs }) => medianMs > SLOW_MS)
      .map(({ variant, engine, backend, medianMs }) => [
        `${engine}/${backend}`,
        `Not tried: ${variant} already took ${Math.round(medianMs / 1000)} s.`,
      ]),
  );
}

interface VariantRun {
  readonly results: readonly Measurement[];
  readonly failures: readonly Failure[];
  readonly versions: Report['versions'];
}

/** All versions that were told, as one record. */
function together(told: readonly Pick<Report, 'versions'>[]): Report['versions'] {
  return Object.fromEntries(told.flatMap(({ versions }) => Object.entries(versions)));
}

async function runVariant(
  variant: string,
  { engines, repeats, resolution, slow }: Plan & { readonly slow: ReadonlyMap<string, string> },
  tell: (progress: string) => void,
): Promise<VariantRun> {
  tell(`${variant}: reference`);
  const reference = await openContender(REFERENCE, variant, resolution);
  const expected = reference.first.logits;
  reference.close();
  const failures: Failure[] = [];
  const opened = new Map<Contender, Opened>();
  const lose = (contender: Contender, error: unknown): void => {
    failures.push(failureOf(contender, variant, error));
    opened.get(contender)?.close();
    opened.delete(contender);
  };
  for (const contender of contendersOf(engines, navigator.hardwareConcurrency)) {
    tell(`${variant}: ${labelOf(contender)} opens`);
    try {
      const why = slow.get(contender.name);
      if (why !== undefined) throw new Error(why);
      const one = await openContender(contender, variant, resolution);
      opened.set(contender, one);
      requireAgreement(one, expected);
    } catch (error) {
      lose(contender, error);
    }
  }
  for (let repeat = 1; repeat <= repeats; repeat++) {
    tell(`${variant}: ${repeat} of ${repeats}`);
    for (const { contender, frame, passes } of opened.values()) {
      if (!takesTurn(passes.map(({ ms }) => ms))) continue;
      try {
        passes.push(await frame.time());
      } catch (error) {
        lose(contender, error);
      }
    }
  }
  const ran = [...opened.values()];
  const results = ran.map((one) => measurementOf(one, { variant, resolution }, expected));
  for (const one of ran) one.close();
  return { results, failures, versions: together(ran) };
}
