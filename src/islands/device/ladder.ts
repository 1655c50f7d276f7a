/** Timing one variant after another, the cheapest first; what cannot run is told, and the rest goes on. */
import type { NetworkTime, TimePhase } from '../../engine/time-client.ts';
import { nextRung, timedRungs, withRefusal, type DeviceRecord } from '../../zoo/device-record.ts';
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
  /** Times what was timed already, and keeps the quicker; else what was not. */
  readonly onceMore?: boolean | undefined;
  readonly signal: AbortSignal;
  /** What stands against a variant, by what is known so far; null where it is tried. */
  readonly whyNot: (id: string, way: Way, record: DeviceRecord) => string | null;
  readonly time: (
    id: string,
    way: Way,
    options: { readonly signal: AbortSignal; readonly onPhase: (phase: TimePhase) => void },
  ) => Promise<NetworkTime>;
  readonly onAt: (at: At) => void;
  /** Told after each variant, so that what is kept can be gone on with. */
  readonly onRecord: (record: DeviceRecord) => void;
}

/**
 * Climbs until nothing is left or the signal ends it. Rejects only where nothing can be timed at all,
 * because the page's own code does not load.
 */
export async function climb({ ids, ways, signal, whyNot, time, onAt, onRecord, ...given }: Climb) {
  let { record } = given;
  const { onceMore = false } = given;
  const again = onceMore ? timedRungs(record, ids, ways) : [];
  const keep = (next: DeviceRecord) => {
    record = next;
    onRecord(next);
  };
  while (!signal.aborted) {
    const rung = onceMore ? again.shift() : nextRung(record, ids, ways);
    if (!rung) return;
    const way = wayOf(rung.way);
    if (!way) {
      keep(withRefusal(record, { ...rung, why: 'This page has no such way to compute.' }));
      continue;
    }
    const { id } = rung;
    const why = onceMore ? null : whyNot(id, way, record);
    if (why !== null) {
      keep(withRefusal(record, { ...rung, why: `Not tried. ${why}` }));
      continue;
    }
    try {
      const onPhase = (phase: TimePhase) => {
        onAt({ id, way, phase });
      };
      const measured = await time(id, way, { signal, onPhase });
      const run = { ...runOf(id, measured), way: rung.way };
      keep(withMeasured(record, run, measured.gpu, { onceMore }));
    } catch (error) {
      if (isStopped(signal)) return;
      if (error instanceof Error && 'code' in error && error.code === 'code') throw error;
      // Its older time stands.
      if (!onceMore) keep(withRefusal(record, { ...rung, why: shortened(error) }));
    }
  }
}

// Awaited work may have changed what the compiler believes to know of it.
const isStopped = (signal: AbortSignal): boolean => signal.aborted;

function shortened(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(0, 400);
}
