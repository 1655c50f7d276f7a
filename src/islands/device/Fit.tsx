/** How time depends on costs here, in a sentence with its error. */
import { formatMilliseconds } from '../../charts/shared/format.ts';
import { COST_LABELS } from '../../charts/shared/units.ts';
import { Words } from '../../charts/shared/Words.tsx';
import { fitOf, type DeviceRecord } from '../../zoo/device-record.ts';

interface Props {
  readonly record: DeviceRecord;
  readonly way: string;
  readonly base: string;
}

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)}%`;

export function Fit({ record, way, base }: Props) {
  const fit = fitOf(record, way);
  if (!fit)
    return (
      <p class="rx-note">
        With three variants timed, a line stands here that tells the time of any other network.
      </p>
    );
  const { acts, flops, layers, samples, mean, worst, unseen } = fit;
  return (
    <div data-fit={mean}>
      <p>
        <strong>What time is made of here:</strong> {formatMilliseconds(1e6 * acts)} a million
        activations, {formatMilliseconds(1e9 * flops)} a billion <Words text={COST_LABELS.flops} />,{' '}
        {formatMilliseconds(layers)} a layer. Over the {samples} variants timed this is off by{' '}
        {percent(mean)} in the mean, by {percent(worst)} at most
        {unseen === null
          ? ''
          : `; for a variant that is left out of the fit, by ${percent(unseen)}`}
        .
      </p>
      <p class="rx-note">
        Least squares of the relative errors, no term below zero.{' '}
        <a href={`${base}/design/`}>The design space</a> tells the time of any design by it, and{' '}
        <a href={`${base}/guides/activations/`}>a guide</a> why activations are among the terms.
      </p>
    </div>
  );
}
