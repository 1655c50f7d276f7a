/** What a model's page loads once somebody asks for a time. */
import type { NetworkTime } from '../../engine/time-client.ts';
import { quickest } from '../classifier/quickest.ts';
import { wayOf, type Way } from '../classifier/ways.ts';
import { runsOf, waysOf } from '../../zoo/device-record.ts';
import { freshRecord, keepRecord, keptRecord, withMeasured } from './kept.ts';
import { runOf, timeVariant } from './run.ts';

export { timeVariant };

/** The way that was quickest when this device was timed, else the one that is likely to be. */
export async function wayHere(): Promise<Way> {
  const { devicesOf } = await import('../../engine/time-client.ts');
  const found = await devicesOf();
  const record = keptRecord();
  const timed = record ? waysOf(record) : [];
  const fastest = timed
    .flatMap((id) => {
      const [smallest] = record ? runsOf(record, id) : [];
      const way = wayOf(id);
      return smallest && way && found[way.backend] !== undefined ? [{ way, run: smallest }] : [];
    })
    .toSorted((a, b) => a.run.medianMs - b.run.medianMs);
  // A single way has nothing that it is quicker than.
  const best = fastest.length > 1 ? fastest[0]?.way : wayOf(quickest(found, {}).backend);
  if (!best) throw new Error('The table of backends is empty.');
  return best;
}

/** Adds a measurement to what the device keeps. */
export function keepRun(id: string, time: NetworkTime): void {
  keepRecord(withMeasured(keptRecord() ?? freshRecord(), runOf(id, time), time.gpu));
}
