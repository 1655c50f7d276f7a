/** What a design would take on this device, where that was timed; nothing elsewhere. */
import { useEffect, useState } from 'preact/hooks';
import { formatMilliseconds } from '../../charts/shared/format.ts';
import type { Network } from '../../regnet/index.ts';
import { predictedMs, timeCosts } from '../../zoo/device-fit.ts';
import { fitOf, waysOf, type DeviceRecord } from '../../zoo/device-record.ts';
import { wayOf } from '../classifier/ways.ts';
import { keptRecord } from '../device/kept.ts';

export function DeviceTime({
  network,
  base,
}: {
  readonly network: Network;
  readonly base: string;
}) {
  const [record, setRecord] = useState<DeviceRecord | null>(null);
  useEffect(() => {
    setRecord(keptRecord());
  }, []);
  if (!record) return null;
  const costs = timeCosts(network.layers);
  const times = waysOf(record).flatMap((way) => {
    const fit = fitOf(record, way);
    const label = wayOf(way)?.label ?? way;
    return fit ? [{ way, label, ms: predictedMs(fit, costs), error: fit.unseen ?? fit.mean }] : [];
  });
  if (times.length === 0) return null;
  return (
    <p class="rx-note" data-device-time={times[0]?.ms}>
      On this device a pass would take about{' '}
      {times
        .map(
          ({ ms, label, error }) =>
            `${formatMilliseconds(ms)} on ${label} (give or take ${Math.round(100 * error)}%)`,
        )
        .join(', ')}
      , by <a href={`${base}/device/`}>what was timed here</a>.
    </p>
  );
}
