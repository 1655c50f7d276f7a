import { useId } from 'preact/hooks';
import type { Explored } from './state.ts';
import { rangeFor, type OfferedParameter } from './parameters.ts';

interface Props {
  readonly parameter: OfferedParameter;
  readonly explored: Explored;
  readonly onChange: (text: string) => void;
}

/** A parameter as a number to type and a slider to drag; the paper's range is marked on its track. */
export function ParameterControl({ parameter, explored, onChange }: Props) {
  const id = useId();
  const { key, symbol, name, rule } = parameter;
  const value = explored.network.design[key];
  const range = rangeFor(parameter, value);
  const wrong = explored.refused?.parameter === key;
  return (
    <div class="rx-parameter">
      <label for={id}>
        <Symbol symbol={symbol} /> <span class="rx-parameter-name">{name}</span>
      </label>
      <small>{rule}</small>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        spellcheck={false}
        data-parameter={key}
        aria-invalid={wrong}
        value={explored.fields[key]}
        onInput={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
      <span class="rx-slider">
        <PaperRange parameter={parameter} min={range.min} max={range.max} />
        <input
          type="range"
          {...range}
          data-slider={key}
          aria-label={`${symbol}, ${name}`}
          value={value}
          onInput={(event) => {
            onChange(event.currentTarget.value);
          }}
        />
      </span>
    </div>
  );
}

/** A parameter's name as the paper sets it. */
export function Symbol({ symbol }: Pick<OfferedParameter, 'symbol'>) {
  const index = symbol.slice(1);
  return (
    <i class="rx-symbol">
      {symbol.charAt(0)}
      {index !== '' && <sub>{index}</sub>}
    </i>
  );
}

function PaperRange({
  parameter: { paper },
  min,
  max,
}: {
  readonly parameter: OfferedParameter;
  readonly min: number;
  readonly max: number;
}) {
  if (!paper) return null;
  const at = (value: number) => ((Math.min(Math.max(value, min), max) - min) / (max - min)) * 100;
  const [low, high] = paper;
  return (
    <span class="rx-paper" aria-hidden="true">
      <span style={{ left: `${at(low)}%`, right: `${100 - at(high)}%` }} />
    </span>
  );
}
