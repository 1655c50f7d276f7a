import os from 'node:os';
import { BACKENDS } from '../engine/backends/index.ts';
import { memoryDoubt } from '../engine/limits.ts';
import { timeNetwork, type NetworkTime } from '../engine/time.ts';
import { networkOf, runningBytes } from '../regnet/index.ts';
import type { TimeFit } from '../zoo/device-fit.ts';
import {
  fitOf,
  RUNGS,
  withRefusal,
  withQuicker,
  type DeviceRecord,
  type Run,
} from '../zoo/device-record.ts';
import { findModel, modelOf, models } from '../zoo/models.ts';
import { stageTimes } from '../zoo/stage-times.ts';
import { oneOf, parseOptions, UsageError } from './arguments.ts';
import { table } from './table.ts';
import { complain, printJson, printLines } from './terminal.ts';

/** What runs outside of a browser. */
const HERE = BACKENDS.filter(({ gpu }) => !gpu).map(({ id }) => id);

const MOST_THREADS = 64;
const MOST_ROUNDS = 20;

/**
 * `regnetx time`: the variants, all twelve unless named, with weights drawn from a seed on this
 * machine, the cheapest first, and how their time depends on their costs. Of several rounds the
 * quickest counts: what else the machine did meanwhile only lengthens.
 */
export async function time(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    backend: { type: 'string', default: 'wasm' },
    threads: { type: 'string' },
    rounds: { type: 'string', default: '1' },
    json: { type: 'boolean' },
  });
  const backend = oneOf('--backend', values.backend, HERE);
  const threads =
    values.threads === undefined ? undefined : countOf('--threads', values.threads, MOST_THREADS);
  const rounds = countOf('--rounds', values.rounds, MOST_ROUNDS);
  let record = emptyRecord();
  const ids = rungsOf(positionals);
  for (const id of Array.from({ length: rounds }, () => ids).flat()) {
    if (!values.json && process.stderr.isTTY) complain(`Timing ${modelOf(id).name} …`);
    const { stages, layers } = networkOf(modelOf(id).design);
    const why = memoryDoubt(runningBytes(layers), os.totalmem());
    if (why !== null) {
      record = withRefusal(record, { id, way: backend, why: `Not tried. ${why}` });
      continue;
    }
    const timed = await timeNetwork({ stages, backend, threads });
    record = withQuicker(record, runOf(id, timed), record.date);
  }
  const fit = fitOf(record, backend);
  if (values.json) printJson({ ...record, backend, threads: threads ?? null, fit });
  else printLines([...rowsOf(record), ...(fit ? ['', ...fitWords(fit)] : [])]);
}

function countOf(option: string, text: string, most: number): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new UsageError(`${option} must be a whole number from 1 to ${most}, not ${text}.`);
}

/** The variants that were named, or all, in order of cost. */
function rungsOf(named: readonly string[]): string[] {
  const wanted = named.map((name) => {
    const model = findModel(name);
    if (model) return model.id;
    throw new UsageError(
      `There is no variant ${name}; there are ${models.map(({ id }) => id).join(', ')}.`,
    );
  });
  const ids = RUNGS.map(({ id }) => id);
  return wanted.length === 0 ? ids : ids.filter((id) => wanted.includes(id));
}

function emptyRecord(): DeviceRecord {
  return {
    schema: 1,
    date: new Date().toISOString().slice(0, 10),
    name: os.cpus()[0]?.model.trim() ?? '',
    gpu: null,
    cores: os.availableParallelism(),
    software: `Node ${process.versions.node}`,
    runs: [],
    refusals: [],
  };
}

function runOf(id: string, { backend, firstMs, medianMs, passes, layers }: NetworkTime): Run {
  const stages = stageTimes(layers.layers).map(({ ms }) => ms);
  return { id, way: backend, firstMs, medianMs, passes, stages };
}

function rowsOf({ runs, refusals }: DeviceRecord): string[] {
  const timed = table(
    ['variant', 'first ms', 'median ms', 'passes'],
    runs.map(({ id, firstMs, medianMs, passes }) => [
      ...[id, firstMs.toFixed(1), medianMs.toFixed(2), passes],
    ]),
  );
  return [...timed, ...refusals.map(({ id, why }) => `${id}: ${why}`)];
}

function fitWords({ acts, flops, layers, samples, mean, worst, unseen }: TimeFit): string[] {
  const percent = (fraction: number) => `${(100 * fraction).toFixed(1)}%`;
  return [
    `time = ${(1e6 * acts).toPrecision(3)} ms a million activations + ${(1e9 * flops).toPrecision(3)} ms a billion multiply-adds + ${layers.toPrecision(3)} ms a layer`,
    `error over ${samples} networks: mean ${percent(mean)}, largest ${percent(worst)}${unseen === null ? '' : `; of a network left out, mean ${percent(unseen)}`}`,
  ];
}
