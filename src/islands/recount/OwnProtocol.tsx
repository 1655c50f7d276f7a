/** A protocol of the visitor's own. */
import { NORMALISATIONS, SIDE_LIMITS } from '../classifier/settings.ts';
import { FILTERS, type Filter, type OwnProtocol as Own } from './choices.ts';

interface Props {
  readonly own: Own;
  readonly onOwn: (own: Own) => void;
}

export function OwnProtocol({ own, onOwn }: Props) {
  const { resize, crop, filter, channelOrder, normalisation } = own;
  const known = Object.entries(NORMALISATIONS);
  const named = known.find(([, { mean }]) => mean.join() === normalisation?.mean.join());
  return (
    <div class="fields">
      <Side
        label="Shorter side, px"
        value={resize}
        onSide={(side) => {
          onOwn({ ...own, resize: side, crop: Math.min(crop, side) });
        }}
      />
      <Side
        label="Centre crop, px"
        value={crop}
        onSide={(side) => {
          onOwn({ ...own, crop: side, resize: Math.max(resize, side) });
        }}
      />
      <label>
        <span>Filter</span>
        <select
          value={filter}
          onChange={({ currentTarget: { value } }) => {
            if (isFilter(value)) onOwn({ ...own, filter: value });
          }}
        >
          {Object.entries(FILTERS).map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Channels of the file</span>
        <select
          value={channelOrder ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const order = value === 'RGB' || value === 'BGR' ? value : null;
            onOwn({ ...own, channelOrder: order });
          }}
        >
          <option value="">as its code base has them</option>
          <option value="RGB">RGB</option>
          <option value="BGR">BGR</option>
        </select>
      </label>
      <label>
        <span>Normalisation</span>
        <select
          value={named?.[0] ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const found = known.find(([key]) => key === value)?.[1];
            const chosen = found && { mean: [...found.mean], std: [...found.std] };
            onOwn({ ...own, normalisation: chosen ? asTriples(chosen) : null });
          }}
        >
          <option value="">the weights’ own</option>
          {known.map(([key, { label }]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

const isFilter = (value: string): value is Filter => Object.hasOwn(FILTERS, value);

function asTriples({ mean, std }: { mean: number[]; std: number[] }): Own['normalisation'] {
  const triple = ([a = 0, b = 0, c = 0]: number[]): [number, number, number] => [a, b, c];
  return { mean: triple(mean), std: triple(std) };
}

interface SideProps {
  readonly label: string;
  readonly value: number;
  readonly onSide: (side: number) => void;
}

/** A side in pixels, brought into range. */
function Side({ label, value, onSide }: SideProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        min={SIDE_LIMITS.min}
        max={SIDE_LIMITS.max}
        step={1}
        value={value}
        onChange={({ currentTarget }) => {
          const side = Math.round(currentTarget.valueAsNumber);
          if (!Number.isNaN(side))
            onSide(Math.min(Math.max(side, SIDE_LIMITS.min), SIDE_LIMITS.max));
        }}
      />
    </label>
  );
}
