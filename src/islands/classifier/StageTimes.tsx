/** Measured on this very device: each stage's share of the time beside its share of the work. */
import type { LayerTimes } from '../../engine/network.ts';
import { formatShare } from '../../charts/shared/format.ts';
import { COST_LABELS, say } from '../../charts/shared/units.ts';
import { Words } from '../../charts/shared/Words.tsx';
import { stageTimes } from '../../zoo/stage-times.ts';
import { milliseconds } from './words.ts';

interface StageTimesProps {
  readonly times: LayerTimes | 'measuring' | null;
  /** There is a pass to measure. */
  readonly ready: boolean;
  readonly onMeasure: () => void;
}

const METHODS: Readonly<Record<LayerTimes['method'], string>> = {
  'timer-query': 'Timed by the GPU’s own clock',
  repeats: 'Each layer repeated alone',
  clock: 'Timed around each layer',
};

export function StageTimes({ times, ready, onMeasure }: StageTimesProps) {
  const free = ready && times !== 'measuring';
  return (
    <div class="stage-times">
      <p class="open">
        <button
          type="button"
          data-measure-layers
          aria-disabled={!free}
          onClick={() => {
            if (free) onMeasure();
          }}
        >
          Time each stage
        </button>
        <span role="status">
          {times === 'measuring' ? 'Measuring.' : times ? `${METHODS[times.method]}.` : ''}
        </span>
      </p>
      {times !== null && times !== 'measuring' && <StageTable times={times} />}
    </div>
  );
}

/** Each stage's time and its share, beside its share of the work. */
export function StageTable({ times }: { readonly times: LayerTimes }) {
  return (
    <table>
      <caption class="sr-only">
        <Words
          text={say`Time of each stage on this device, and its share of the ${COST_LABELS.flops}`}
        />
      </caption>
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Time</th>
          <th scope="col">of the time</th>
          <th scope="col">
            <Words text={say`of the ${COST_LABELS.flops}`} />
          </th>
        </tr>
      </thead>
      <tbody>
        {stageTimes(times.layers).map(({ name, stage, ms, measured, predicted }) => (
          <tr key={name} data-stage-time={name} data-ms={ms}>
            <th scope="row">{name}</th>
            <td>{milliseconds(ms)}</td>
            <Share stage={stage} of={measured} />
            <Share stage={stage} of={predicted} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Share({ stage, of }: { stage: number; of: number }) {
  return (
    <td>
      {formatShare(of)}
      <span class="bar" aria-hidden="true">
        <span style={{ inlineSize: `${of * 100}%`, background: `var(--rx-stage-${stage})` }} />
      </span>
    </td>
  );
}
