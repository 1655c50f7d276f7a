/** What a model's page loads once somebody asks for a time. */
import type { BackendName } from '../../engine/backend.ts';
import type { NetworkTime } from '../../engine/time-client.ts';
import { rememberedTrial } from '../classifier/preference.ts';
import { deviceOf, quickest } from '../classifier/quickest.ts';
import { wayOf, type Way } from '../classifier/ways.ts';
import { networkOf } from '../../regnet/index.ts';
import { runsOf, waysOf } from '../../zoo/device-record.ts';
import { modelOf } from '../../zoo/models.ts';
import { adviserFor } from './advice.ts';
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
  const [best] = fastest.length > 1 ? fastest : [];
  return best?.way ?? wayNamed(quickest(found, {}).backend);
}

/** The usual way of a backend. */
function wayNamed(backend: BackendName): Way {
  const way = wayOf(backend);
  if (!way) throw new Error(`There is no way to compute by the name ${backend}.`);
  return way;
}

/** The way that the page would choose for weights of this name. */
export async function wayFor(network: string): Promise<Way> {
  const { devicesOf } = await import('../../engine/time-client.ts');
  const found = await devicesOf();
  return wayNamed(quickest(found, rememberedTrial(deviceOf(found), network)).backend);
}

/**
 * What stands against running a variant that way here, in a sentence; null where nothing does. Without
 * weights and at 224 px unless told.
 */
export async function whyNotHere(
  id: string,
  way: Way,
  { resolution, bytes }: { readonly resolution?: number; readonly bytes?: number } = {},
): Promise<string | null> {
  const adviser = await adviserFor([way.backend]);
  const { layers } = networkOf(modelOf(id).design, resolution);
  return adviser({ layers, way, bytes, record: keptRecord() }).obstacle;
}

/** Adds a measurement to what the device keeps. */
export function keepRun(id: string, time: NetworkTime): void {
  keepRecord(withMeasured(keptRecord() ?? freshRecord(), runOf(id, time), time.gpu));
}
