/** Class activation maps over the crop: of one class, or of one against another. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { DataTable } from '../../charts/shared/DataTable.tsx';
import { Select } from '../../charts/shared/Controls.tsx';
import {
  AGAINST,
  differenceOf,
  FOR,
  limitOf,
  paintSigned,
  placeOf,
} from '../../charts/class-map/geometry.ts';
import { Pixels } from '../../charts/class-map/View.tsx';
import type { Insight } from '../../engine/insight.ts';
import type { LabelledPrediction } from '../../engine/labels.ts';
import type { ToolProps } from './tool.ts';
import { useInsight } from './useInsight.ts';

/** Stands for no second class. */
const NONE = -1;

export default function WhereItLooks({ standing, asked }: ToolProps) {
  const insight = useInsight(standing);
  const { predictions } = standing.result;
  const [index, setIndex] = useState(asked?.index ?? predictions[0]?.index ?? 0);
  const [other, setOther] = useState(NONE);
  useEffect(() => {
    if (asked) setIndex(asked.index);
  }, [asked]);
  useEffect(() => {
    // Another picture has other classes.
    const has = (wanted: number) => predictions.some((one) => one.index === wanted);
    if (!has(index)) setIndex(predictions[0]?.index ?? 0);
    if (!has(other)) setOther(NONE);
  }, [predictions]);
  if (!insight) return <p class="waiting">Computing.</p>;
  if ('problem' in insight) return <p role="alert">{insight.problem}</p>;
  const options = predictions.map(({ index: value, label }) => ({ value, label }));
  const chosen = predictions.find((one) => one.index === index);
  const rival = predictions.find((one) => one.index === other);
  if (!chosen) return null;
  return (
    <>
      <div class="rx-controls">
        <Select legend="Class" options={options} value={index} onChange={setIndex} />
        <Select
          legend="Compared with"
          options={[
            { value: NONE, label: 'nothing' },
            ...options.filter(({ value }) => value !== index),
          ]}
          value={other}
          onChange={setOther}
        />
      </div>
      <ClassMap insight={insight} standing={standing} chosen={chosen} rival={rival ?? null} />
    </>
  );
}

interface ClassMapProps extends Pick<ToolProps, 'standing'> {
  readonly insight: Insight;
  readonly chosen: LabelledPrediction;
  readonly rival: LabelledPrediction | null;
}

function ClassMap({ insight: { evidence }, standing, chosen, rival }: ClassMapProps) {
  const map = useMemo(() => {
    const { width, height, channels, values: all } = evidence;
    const of = ({ index }: LabelledPrediction) =>
      Float32Array.from({ length: width * height }, (_, i) => all[i * channels + index] ?? NaN);
    const values = rival ? differenceOf(of(chosen), of(rival)) : of(chosen);
    return { width, height, values };
  }, [evidence, chosen, rival]);
  const limit = limitOf(map.values);
  const pixels = useMemo(() => paintSigned(map, limit), [map]);
  const mean = map.values.reduce((a, b) => a + b, 0) / map.values.length;
  const what = rival ? `${chosen.label} rather than ${rival.label}` : chosen.label;
  const table = useMemo(
    () => ({
      caption: `Evidence for ${what}, by place`,
      head: ['row', ...Array.from({ length: map.width }, (_, x) => `column ${x + 1}`)],
      rows: Array.from({ length: map.height }, (_, y) => [
        String(y + 1),
        ...Array.from(map.values.subarray(y * map.width, (y + 1) * map.width), signed),
      ]),
    }),
    [map, what],
  );
  return (
    <>
      <figure class="class-map" data-class-map={chosen.index} data-rival={rival?.index}>
        <div class="layers" role="img" aria-label={`Where the evidence for ${what} is`}>
          <Pixels pixels={standing.result.crop} class="below" />
          <Pixels pixels={pixels} class="over" />
        </div>
        <figcaption>
          <p class="rx-point">
            Most evidence for {what}: {placeOf(map)}.
          </p>
          <Scale limit={limit} names={rival ? [rival.label, chosen.label] : ['against', 'for']} />
          <p class="rx-note">
            The last map has {map.width} × {map.height} places; the picture blends between them.
            Each place’s score is the classifier’s row for the class over the map there, and their
            mean, {signed(mean)},{' '}
            {rival
              ? 'is the difference of the two logits, but for that of their biases.'
              : 'is the class’s logit, but for its bias. Nothing is estimated.'}
          </p>
        </figcaption>
      </figure>
      <DataTable {...table} />
    </>
  );
}

function Scale({ limit, names: [low, high] }: { limit: number; names: [string, string] }) {
  return (
    <div class="scale">
      <span
        class="ramp"
        aria-hidden="true"
        style={{
          background: `linear-gradient(to right, rgb(${AGAINST.join(' ')}), transparent, rgb(${FOR.join(' ')}))`,
        }}
      />
      <span>
        {signed(-limit)} {low}
      </span>
      <span>0</span>
      <span>
        {high} {signed(limit)}
      </span>
    </div>
  );
}

/** `+1.25`, `−0.30`. */
function signed(value: number): string {
  const sign = value < 0 ? '−' : '+';
  return `${sign}${Math.abs(value).toFixed(2)}`;
}
