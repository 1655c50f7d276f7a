/** One variant timed on this device, as a run of its record. */
import type { NetworkTime, TimePhase } from '../../engine/time-client.ts';
import type { Run } from '../../zoo/device-record.ts';
import { stageTimes } from '../../zoo/stage-times.ts';
import { wayTaken, type Way } from '../classifier/ways.ts';

/** Draws a variant's weights and times it at 224 px. Rejects as `timeOnThread` does. */
export async function timeVariant(
  id: string,
  { backend, precision }: Way,
  options: { readonly signal: AbortSignal; readonly onPhase: (phase: TimePhase) => void },
): Promise<NetworkTime> {
  const [{ timeOnThread }, { stagesOf }, { modelOf }] = await Promise.all([
    import('../../engine/time-client.ts'),
    import('../../regnet/index.ts'),
    import('../../zoo/models.ts'),
  ]);
  return timeOnThread({ stages: stagesOf(modelOf(id).design), backend, precision }, options);
}

/** What is kept of a measurement. */
export function runOf(id: string, time: NetworkTime): Run {
  const { firstMs, medianMs, passes, layers } = time;
  const stages = stageTimes(layers.layers).map(({ ms }) => ms);
  return { id, way: wayTaken(time), firstMs, medianMs, passes, stages };
}
