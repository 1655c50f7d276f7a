import { AXIS_WORDS } from '../../charts/accuracy-scatter/axes.ts';
import { inUnit } from '../../charts/shared/units.ts';
import { useUnit } from '../../charts/shared/Words.tsx';
import { AXES, type Axis } from '../../zoo/choice.ts';

interface Props {
  /** The cost of the first budget, which a second one cannot be of. */
  readonly first: Axis;
  readonly value: Axis;
  readonly onChange: (axis: Axis) => void;
}

/** Which cost the second budget is of. */
export function SecondAxis({ first, value, onChange }: Props) {
  const unit = useUnit();
  return (
    <span class="rx-select">
      <select
        aria-label="Cost of the second budget"
        value={value}
        onChange={(event) => {
          const chosen = AXES.find((axis) => axis === event.currentTarget.value);
          if (chosen) onChange(chosen);
        }}
      >
        {AXES.filter((axis) => axis !== first).map((axis) => (
          <option key={axis} value={axis} selected={axis === value}>
            {inUnit(AXIS_WORDS[axis].name, unit)}
          </option>
        ))}
      </select>
    </span>
  );
}
