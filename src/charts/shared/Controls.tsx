import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Text } from './units.ts';
import { Words } from './Words.tsx';

interface Option<Value, Label = string> {
  readonly value: Value;
  readonly label: Label;
}

interface ChoiceProps<Value> {
  readonly legend: string;
  readonly options: readonly Option<Value, Text>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few, as radio buttons side by side. */
export function Choice<Value extends string>({
  legend,
  options,
  value,
  onChange,
}: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset class="rx-choice">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => {
              onChange(option.value);
            }}
          />
          <span>
            <Words text={option.label} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** One of many, as a drop-down list. */
export function Select({
  legend,
  options,
  value,
  onChange,
}: {
  readonly legend: string;
  readonly options: readonly Option<number>[];
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <label class="rx-select">
      <span>{legend}</span>
      <select
        value={value}
        onChange={(event) => {
          onChange(Number(event.currentTarget.value));
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ControlsProps {
  /** False until the island answers: the controls are then visible but disabled. */
  readonly live: boolean;
  readonly label: string;
  /** What the picture shows without JavaScript, where the controls do not appear. */
  readonly fallback: string;
  readonly children: ComponentChildren;
}

/** The controls of a chart. Without JavaScript a sentence stands in their place. */
export function Controls({ live, label, fallback, children }: ControlsProps) {
  return (
    <>
      <fieldset class="rx-controls" disabled={!live} aria-label={label}>
        {children}
      </fieldset>
      <p class="rx-note rx-without-script">{fallback}</p>
    </>
  );
}
