/** Every time in numbers, beside what the fit makes of it and beside somebody else's. */
import { formatMilliseconds } from '../../charts/shared/format.ts';
import { scroller } from '../../charts/shared/scroller.ts';
import { predictedMs } from '../../zoo/device-fit.ts';
import { fitOf, RUNGS, runsOf, type DeviceRecord } from '../../zoo/device-record.ts';
import { modelOf } from '../../zoo/models.ts';

interface Props {
  readonly base: string;
  readonly record: DeviceRecord;
  readonly other: DeviceRecord | null;
  readonly way: string;
}

export function Times({ base, record, other, way }: Props) {
  const own = runsOf(record, way);
  const theirs = other ? runsOf(other, way) : [];
  const fit = fitOf(record, way);
  const rows = RUNGS.flatMap(({ id, costs }) => {
    const run = own.find((one) => one.id === id);
    const their = theirs.find((one) => one.id === id);
    return run || their ? [{ id, costs, run, their }] : [];
  });
  return (
    <div {...scroller('Times')}>
      <table class="rx-table" data-times>
        <caption>A picture of 224 px, weights drawn from a seed</caption>
        <thead>
          <tr>
            <th scope="col">variant</th>
            {['first pass', 'median', 'passes', 'by the fit', 'error'].map((name) => (
              <th key={name} scope="col" class="num">
                {name}
              </th>
            ))}
            {other && (
              <th scope="col" class="num">
                theirs
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, costs, run, their }) => {
            const predicted = fit && predictedMs(fit, costs);
            return (
              <tr key={id} data-timed={id} data-ms={run?.medianMs}>
                <th scope="row">
                  <a href={`${base}/models/${id}/`}>{modelOf(id).name}</a>
                </th>
                <td class="num">{run ? formatMilliseconds(run.firstMs) : '–'}</td>
                <td class="num">{run ? formatMilliseconds(run.medianMs) : '–'}</td>
                <td class="num">{run ? run.passes : '–'}</td>
                <td class="num">{predicted === null ? '–' : formatMilliseconds(predicted)}</td>
                <td class="num">
                  {run && predicted !== null ? signed(predicted / run.medianMs - 1) : '–'}
                </td>
                {other && (
                  <td class="num" data-theirs={their?.medianMs}>
                    {their ? formatMilliseconds(their.medianMs) : '–'}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** `+3.1%`, `−12.0%`. */
function signed(fraction: number): string {
  const size = Math.abs(100 * fraction).toFixed(1);
  return `${fraction < 0 ? '−' : '+'}${size}%`;
}
