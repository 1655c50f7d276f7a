/** Accuracy against this device's time, with the most accurate within a budget in a sentence. */
import { useMemo, useState } from 'preact/hooks';
import { accuracyScatter } from '../../charts/accuracy-scatter/geometry.ts';
import {
  answerWithin,
  candidatesOn,
  DEVICE_WORDS,
  deviceTable,
  othersOn,
  withinWords,
  type Published,
} from '../../charts/accuracy-scatter/on-device.ts';
import { ScatterDrawing } from '../../charts/accuracy-scatter/View.tsx';
import { Layouts } from '../../charts/shared/Drawing.tsx';
import { Figure } from '../../charts/shared/Figure.tsx';
import type { Layout } from '../../charts/shared/svg.ts';
import type { DeviceRecord } from '../../zoo/device-record.ts';
import { useSelection } from '../useLive.ts';

interface Props {
  readonly base: string;
  readonly record: DeviceRecord;
  readonly other: DeviceRecord | null;
  readonly way: string;
  readonly published: readonly Published[];
}

/** Steps of the slider, from the quickest to the slowest on a logarithmic scale. */
const STEPS = 100;

export function Within({ base, record, other, way, published }: Props) {
  const interaction = useSelection();
  const [given, setBudget] = useState<number | null>(null);
  const candidates = useMemo(() => candidatesOn(record, way, published), [record, way]);
  const grey = useMemo(() => (other ? othersOn(other, way, published) : []), [other, way]);
  const geometry = useMemo(() => {
    const draw = (layout: Layout) =>
      accuracyScatter(candidates, { layout, scale: 'log', tick: DEVICE_WORDS.tick }, grey);
    return candidates.length > 0 ? { wide: draw('wide'), narrow: draw('narrow') } : null;
  }, [candidates, grey]);
  const table = useMemo(() => deviceTable(candidates, grey), [candidates, grey]);
  if (!geometry) return null;
  const costs = candidates.map(({ cost }) => cost);
  const [least, most] = [Math.min(...costs), Math.max(...costs) * 1.05];
  const budget = given ?? rounded(Math.sqrt(least * most) * 1.2);
  const answer = answerWithin(candidates, budget);
  const said = withinWords(answer, budget);
  const span = Math.log(most / least) || 1;
  return (
    <Figure
      kind="rx-accuracy-scatter rx-on-device"
      point={
        <span role="status" aria-live="polite" data-within-answer>
          {said.before}
          {answer.best && <a href={`${base}/models/${answer.best.id}/`}>{said.name}</a>}
          {said.after}
        </span>
      }
      table={table}
    >
      <fieldset class="rx-budget">
        <legend>Within</legend>
        <input
          type="text"
          inputMode="decimal"
          autocomplete="off"
          data-within
          aria-label="Milliseconds a picture"
          value={String(budget)}
          onChange={({ currentTarget }) => {
            const value = Number(currentTarget.value);
            if (value > 0 && Number.isFinite(value)) setBudget(value);
            else currentTarget.value = String(budget);
          }}
        />
        <span>ms</span>
        <input
          type="range"
          min={0}
          max={STEPS}
          aria-label="Milliseconds a picture, from the quickest to the slowest"
          aria-valuetext={`${budget} ms`}
          value={Math.round((STEPS * Math.log(Math.max(budget / least, 1))) / span)}
          onInput={({ currentTarget }) => {
            const share = Number(currentTarget.value) / STEPS;
            setBudget(rounded(least * Math.exp(share * span)));
          }}
        />
      </fieldset>
      <Layouts
        draw={(layout) => (
          <ScatterDrawing
            geometry={geometry[layout]}
            words={DEVICE_WORDS}
            scale="log"
            {...{ budget, answer, interaction }}
          />
        )}
      />
    </Figure>
  );
}

/** Three digits, rounded up, so that what costs as much is still within. */
function rounded(ms: number): number {
  const unit = 10 ** (Math.floor(Math.log10(ms)) - 2);
  return Number((Math.ceil(ms / unit) * unit).toPrecision(3));
}
