/** One tensor in full: its numbers and its histogram. */
import { useState } from 'preact/hooks';
import { formatValue, type CountScale } from '../../charts/histogram/geometry.ts';
import { HistogramChart } from '../../charts/histogram/View.tsx';
import { Choice } from '../../charts/shared/Controls.tsx';
import { formatInteger } from '../../charts/shared/format.ts';
import type { TensorReport } from '../../checkpoints/report.ts';
import { useSelection } from '../useLive.ts';
import { shapeText, stageOf } from './rows.ts';

const SCALES = [
  { value: 'linear', label: 'linear' },
  { value: 'log', label: 'logarithmic' },
] as const;

export function TensorDetail({ tensor }: { readonly tensor: TensorReport }) {
  const [scale, setScale] = useState<CountScale>('linear');
  const interaction = useSelection();
  const { name, timm, dtype, shape, elements, nonFinite, min, max, mean, deviation, counts } =
    tensor;
  const value = (number: number | null) => (number === null ? '–' : formatValue(number));
  const facts = [
    ['timm’s name', timm ?? 'none'],
    ['shape', shapeText(shape)],
    ['type', dtype],
    ['values', formatInteger(elements)],
    ['min', value(min)],
    ['max', value(max)],
    ['mean', value(mean)],
    ['deviation', value(deviation)],
    ['not finite', formatInteger(nonFinite)],
  ] as const;
  return (
    <div class="detail" data-tensor-detail={name}>
      <div>
        <dl>
          {facts.map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <Choice legend="Scale of the counts" options={SCALES} value={scale} onChange={setScale} />
      </div>
      {min !== null && max !== null && mean !== null ? (
        <HistogramChart
          name={name}
          stage={stageOf(tensor)}
          distribution={{ min, max, mean, counts }}
          scale={scale}
          interaction={interaction}
        />
      ) : (
        <p class="rx-note">There is no finite value to draw.</p>
      )}
    </div>
  );
}
