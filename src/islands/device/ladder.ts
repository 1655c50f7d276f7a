/** Timing one variant after another, the cheapest first; what cannot run is told, and the rest goes on. */
import type { NetworkTime, TimePhase } from '../../engine/time-client.ts';
import {
  expectedMs,
  nextRung,
  SLOW_MS,
  withRefusal,
  type DeviceRecord,
} from '../../zoo/device-record.ts';
import { wayOf, type Way } from '../classifier/ways.ts';
import { withMeasured } from './kept.ts';
import { runOf } from './run.ts';

/** What is being timed, and how far that is. */
export interface At {
  readonly id: string;
  readonly way: Way;
  readonly phase: TimePhase;
}

export interface Climb {
  readonly record: DeviceRecord;
  readonly ids: readonly string[];
  readonly ways: readonly string[];
  readonly signal: AbortSignal;
  /** Memory of the device in bytes; null where the browser does not tell. */
  readonly memory: number | null;
  readonly bytesOf: (id: string) => number;
  readonly time: (
    id: string,
    way: Way,
    options: { readonly signal: AbortSignal; readonly onPhase: (phase: TimePhase) => void },
  ) => Promise<NetworkTime>;
  readonly onAt: (at: At) => void;
  /** Told after each variant, so that what is kept can be gone on with. */
  readonly onRecord: (record: DeviceRecord) => void;
}

/** A page seldom gets more of a device's memory than this. */
const SHARE_OF_PAGE = 0.5;

/**
 * Climbs until nothing is left or the signal ends it. Rejects only where nothing can be timed at all,
 * because the page's own code does not load.
 */
export async function climb({ ids, ways, signal, time, onAt, onRecord, ...given }: Climb) {
  let { record } = given;
  const keep = (next: DeviceRecord) => {
    record = next;
    onRecord(next);
  };
  while (!signal.aborted) {
    const rung = nextRung(record, ids, ways);
    if (!rung) return;
    const way = wayOf(rung.way);
    const why = way ? whyNot(record, rung, given) : 'This page has no such way to compute.';
    if (!way || why !== null) {
      keep(withRefusal(record, { ...rung, why: why ?? '' }));
      continue;
    }
    const { id } = rung;
    try {
      const onPhase = (phase: TimePhase) => {
        onAt({ id, way, phase });
      };
      const measured = await time(id, way, { signal, onPhase });
      const run = { ...runOf(id, measured), way: rung.way };
      keep(withMeasured(record, run, measured.gpu));
    } catch (error) {
      if (isStopped(signal)) return;
      if (error instanceof Error && 'code' in error && error.code === 'code') throw error;
      keep(withRefusal(record, { ...rung, why: shortened(error) }));
    }
  }
}

// Awaited work may have changed what the compiler believes to know of it.
const isStopped = (signal: AbortSignal): boolean => signal.aborted;

/** Why a variant is not even tried, in a sentence; null where it is. */
export function whyNot(
  record: DeviceRecord,
  { id, way }: { readonly id: string; readonly way: string },
  { memory, bytesOf }: Pick<Climb, 'memory' | 'bytesOf'>,
): string | null {
  const bytes = bytesOf(id);
  if (memory !== null && bytes > SHARE_OF_PAGE * memory)
    return `Not tried: it takes about ${gigabytes(bytes)} GB of memory, and this device has ${gigabytes(memory)} GB in all.`;
  const expected = expectedMs(record, way, id);
  if (expected !== null && expected > SLOW_MS)
    return `Not tried: by what was timed before, a pass takes about ${Math.round(expected / 1000)} s here.`;
  return null;
}

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);

function shortened(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(0, 400);
}
