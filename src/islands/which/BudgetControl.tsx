import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { AXIS_WORDS } from '../../charts/accuracy-scatter/axes.ts';
import { inUnit, say } from '../../charts/shared/units.ts';
import { useUnit, Words } from '../../charts/shared/Words.tsx';
import { AXIS_UNITS, readBudget } from '../../zoo/choice-query.ts';
import type { Axis } from '../../zoo/choice.ts';
import { budgetAt, STEPS, stepOf } from './state.ts';

/** How the two budgets are told apart. */
const WORDS = {
  first: { legend: 'Budget', tick: 'at most' },
  second: { legend: 'Second budget', tick: 'and no more than' },
} as const;

interface Props {
  readonly which: keyof typeof WORDS;
  readonly axis: Axis;
  /** Null while there is no limit. */
  readonly budget: number | null;
  /** What the field offers, in the axis's unit. */
  readonly offered: number;
  readonly ends: readonly [number, number];
  readonly onLimit: (limited: boolean) => void;
  readonly onBudget: (budget: number) => void;
  /** Instead of the cost's name. */
  readonly children?: ComponentChildren;
}

/** A tick, a number and a slider for what may be spent; moving either of the latter ticks. */
export function BudgetControl(props: Props) {
  const { which, axis, budget, offered, ends, onLimit, onBudget, children } = props;
  const { legend, tick: ticked } = WORDS[which];
  const id = useId();
  const unit = useUnit();
  const [draft, setDraft] = useState<string | null>(null);
  // The reader sees and types FLOPs (2x) where the page shows those.
  const times = axis === 'flops' && unit === '2x' ? 2 : 1;
  const { symbol, size } = AXIS_UNITS[axis];
  const { name, amount, tick } = AXIS_WORDS[axis];
  const wrong = draft !== null && readBudget(draft) === null;
  const change = (value: number) => {
    setDraft(null);
    onBudget(value);
  };
  const counted = axis === 'flops' || axis === 'params' || axis === 'acts';
  const measure = counted ? say`${symbol} ${name}` : symbol;
  return (
    <fieldset class="rx-budget">
      <legend>{legend}</legend>
      <label>
        <input
          type="checkbox"
          checked={budget !== null}
          onChange={(event) => {
            onLimit(event.currentTarget.checked);
          }}
        />
        {ticked}
      </label>
      <input
        type="text"
        inputMode="decimal"
        autocomplete="off"
        spellcheck={false}
        data-budget={which}
        aria-label={inUnit(say`${legend} in ${measure}`, unit)}
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        value={draft ?? String(offered * times)}
        onInput={(event) => {
          const text = event.currentTarget.value;
          const value = readBudget(text);
          if (value !== null) onBudget(value / times);
          setDraft(text);
        }}
        onBlur={() => {
          setDraft(null);
        }}
      />
      <span>
        <Words text={children === undefined ? measure : symbol} />
      </span>
      {children}
      <input
        type="range"
        min={0}
        max={STEPS}
        value={stepOf(offered, ends)}
        aria-label={legend}
        aria-valuetext={inUnit(amount(tick(offered * size)), unit)}
        onInput={(event) => {
          change(budgetAt(Number(event.currentTarget.value), ends));
        }}
      />
      {wrong && (
        <p class="rx-refusal" id={id} role="alert">
          A budget is a number above zero, not “{draft}”.
        </p>
      )}
    </fieldset>
  );
}
