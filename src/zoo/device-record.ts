/** What was measured on one device: kept there, exported, and carried by an address. */
import { networkOf } from '../regnet/index.ts';
import { fitTimes, predictedMs, timeCosts, type TimeCosts, type TimeFit } from './device-fit.ts';
import { modelOf, models } from './models.ts';

/** One variant timed one way, with weights drawn from a seed, a picture of 224 px. */
export interface Run {
  /** The variant's id. */
  readonly id: string;
  /** The backend, with its precision where that is not the usual one: `webgl-float16`. */
  readonly way: string;
  /** Milliseconds of a pass: the first, and the median of the others. */
  readonly firstMs: number;
  readonly medianMs: number;
  /** How many the median is of. */
  readonly passes: number;
  /** Milliseconds of stem, stages 1 to 4 and head. */
  readonly stages: readonly number[];
}

/** A variant that cannot be timed one way, and why, in a sentence. */
export interface Refusal {
  readonly id: string;
  readonly way: string;
  readonly why: string;
}

export interface DeviceRecord {
  readonly schema: 1;
  /** The day of the latest measurement, YYYY-MM-DD. */
  readonly date: string;
  /** What its owner calls the device; may be empty. */
  readonly name: string;
  /** The GPU as the browser names it, null where nothing does; logical processors; the browser. */
  readonly gpu: string | null;
  readonly cores: number | null;
  readonly software: string;
  readonly runs: readonly Run[];
  readonly refusals: readonly Refusal[];
}

/** The twelve in order of cost, with what their time is made of. */
export const RUNGS: readonly { readonly id: string; readonly costs: TimeCosts }[] = models.map(
  ({ id, design }) => {
    let costs: TimeCosts | undefined;
    // When first asked for: most pages never do.
    return {
      id,
      get costs() {
        return (costs ??= timeCosts(networkOf(design).layers));
      },
    };
  },
);

const costsOf = (id: string): TimeCosts =>
  RUNGS.find((rung) => rung.id === id)?.costs ?? timeCosts(networkOf(modelOf(id).design).layers);

/** The runs of one way, the cheapest network first. */
export function runsOf({ runs }: Pick<DeviceRecord, 'runs'>, way: string): Run[] {
  const own = runs.filter((run) => run.way === way);
  return RUNGS.flatMap(({ id }) => own.find((run) => run.id === id) ?? []);
}

/** The ways that were measured, in the order of their first runs. */
export function waysOf({ runs }: Pick<DeviceRecord, 'runs'>): string[] {
  return [...new Set(runs.map(({ way }) => way))];
}

/** How time depends on costs on this device, one way; null with fewer than three networks timed. */
export function fitOf(record: Pick<DeviceRecord, 'runs'>, way: string): TimeFit | null {
  return fitTimes(runsOf(record, way).map((run) => ({ ...costsOf(run.id), ms: run.medianMs })));
}

/** What a network's pass is likely to take: by the fit, else in proportion; null with no run yet. */
export function expectedMs(
  record: Pick<DeviceRecord, 'runs'>,
  way: string,
  costs: TimeCosts,
): number | null {
  const fit = fitOf(record, way);
  if (fit) return predictedMs(fit, costs);
  const last = runsOf(record, way).at(-1);
  return last ? (last.medianMs * costs.flops) / costsOf(last.id).flops : null;
}

/** The first variant, by cost, that was neither timed nor refused one of these ways; null if none. */
export function nextRung(
  { runs, refusals }: Pick<DeviceRecord, 'runs' | 'refusals'>,
  ids: readonly string[],
  ways: readonly string[],
): { readonly id: string; readonly way: string } | null {
  for (const { id } of RUNGS) {
    if (!ids.includes(id)) continue;
    for (const way of ways) {
      const here = (one: { id: string; way: string }) => one.id === id && one.way === way;
      if (!runs.some(here) && !refusals.some(here)) return { id, way };
    }
  }
  return null;
}

/** What was timed of these, the cheapest first. */
export function timedRungs(
  record: Pick<DeviceRecord, 'runs'>,
  ids: readonly string[],
  ways: readonly string[],
): Pick<Run, 'id' | 'way'>[] {
  return RUNGS.filter(({ id }) => ids.includes(id)).flatMap(({ id }) =>
    record.runs.filter((run) => run.id === id && ways.includes(run.way)),
  );
}

/** A record with one more run, in place of an older one of the same. */
export function withRun(record: DeviceRecord, run: Run, date: string): DeviceRecord {
  const other = ({ id, way }: { id: string; way: string }) => id !== run.id || way !== run.way;
  const isNew = record.runs.every(other);
  return {
    ...record,
    date,
    runs: isNew ? [...record.runs, run] : record.runs.map((old) => (other(old) ? old : run)),
    refusals: record.refusals.filter(other),
  };
}

/**
 * A record with another round's run, unless the older one was quicker: whatever else a device does
 * lengthens a time, and nothing shortens it.
 */
export function withQuicker(record: DeviceRecord, run: Run, date: string): DeviceRecord {
  const earlier = record.runs.find(({ id, way }) => id === run.id && way === run.way);
  return earlier && earlier.medianMs <= run.medianMs ? record : withRun(record, run, date);
}

/** A record with one more refusal. */
export function withRefusal(record: DeviceRecord, refusal: Refusal): DeviceRecord {
  const other = ({ id, way }: Refusal) => id !== refusal.id || way !== refusal.way;
  return { ...record, refusals: [...record.refusals.filter(other), refusal] };
}

const LONGEST_TEXT = 400;
const MOST_RUNS = 12 * models.length;
const PARTS = 6;

/**
 * A record from elsewhere, checked: an older page, another device, an address that anybody may have
 * written. Throws a RangeError that names what is wrong.
 */
export function readDeviceRecord(value: unknown): DeviceRecord {
  const record = objectOf(value, 'the result');
  if (record.schema !== 1)
    throw new RangeError(
      `it has the version ${String(record.schema)}, and this page reads version 1`,
    );
  const { gpu, cores } = record;
  return {
    schema: 1,
    date: textOf(record.date, 'date', /^\d{4}-\d{2}-\d{2}$/),
    name: textOf(record.name, 'name'),
    gpu: gpu === null ? null : textOf(gpu, 'gpu'),
    cores: cores === null ? null : numberOf(cores, 'cores', { most: 4096, whole: true }),
    software: textOf(record.software, 'software'),
    runs: listOf(record.runs, 'runs', MOST_RUNS).map((one) => {
      const run = objectOf(one, 'a run');
      return {
        ...rungOf(run),
        firstMs: numberOf(run.firstMs, 'firstMs'),
        medianMs: numberOf(run.medianMs, 'medianMs'),
        passes: numberOf(run.passes, 'passes', { most: 1e6, whole: true }),
        stages: listOf(run.stages, 'stages', PARTS).map((ms) =>
          numberOf(ms, 'stages', { least: 0 }),
        ),
      };
    }),
    refusals: listOf(record.refusals, 'refusals', MOST_RUNS).map((one) => {
      const refusal = objectOf(one, 'a refusal');
      return { ...rungOf(refusal), why: textOf(refusal.why, 'why') };
    }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function objectOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new RangeError(`${what} is no object`);
}

function textOf(value: unknown, what: string, pattern = /^/): string {
  if (typeof value === 'string' && value.length <= LONGEST_TEXT && pattern.test(value))
    return value;
  throw new RangeError(`${what} is no such text as it should be`);
}

function numberOf(
  value: unknown,
  what: string,
  { least = Number.MIN_VALUE, most = 1e7, whole = false } = {},
): number {
  if (typeof value === 'number' && value >= least && value <= most)
    if (!whole || Number.isInteger(value)) return value;
  throw new RangeError(`${what} is no such number as it should be`);
}

function listOf(value: unknown, what: string, most: number): readonly unknown[] {
  if (Array.isArray(value) && value.length <= most) return value;
  throw new RangeError(`${what} is no list of at most ${most}`);
}

function rungOf({ id, way }: Fields): { id: string; way: string } {
  const known = models.find((model) => model.id === id);
  if (!known) throw new RangeError(`there is no variant ${String(id).slice(0, 40)}`);
  return { id: known.id, way: textOf(way, 'way', /^[a-z][a-z0-9-]{0,30}$/) };
}
