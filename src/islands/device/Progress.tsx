/** The buttons that begin and end it, how far it is, and what could not be timed. */
import { useState } from 'preact/hooks';
import { nextRung, type Refusal } from '../../zoo/device-record.ts';
import { modelOf } from '../../zoo/models.ts';
import type { Ladder } from './useLadder.ts';

const PHASES = {
  draw: 'the weights are drawn',
  first: 'the first pass runs',
  passes: 'more passes are timed',
} as const;

interface Props {
  readonly ladder: Ladder;
  readonly ids: readonly string[];
  readonly ways: readonly string[];
  readonly live: boolean;
  readonly wayName: (id: string) => string;
}

export function Progress({ ladder, ids, ways, live, wayName }: Props) {
  const { record, obstacles, at, busy, problem } = ladder;
  const [asking, ask] = useState(false);
  const runs = record?.runs ?? [];
  const refusals = record?.refusals ?? [];
  const wanted = ({ id, way }: { id: string; way: string }) =>
    ids.includes(id) && ways.includes(way);
  const done = runs.filter(wanted).length + refusals.filter(wanted).length;
  const total = ids.length * ways.length;
  const left = record !== null && nextRung(record, ids, ways) !== null;
  const here = (one: { id: string; way: string }) => `${one.id} ${one.way}`;
  const known = new Set([...runs, ...refusals].map(here));
  const doubtful = obstacles.filter((one) => wanted(one) && !known.has(here(one)));
  return (
    <div class="rx-progress">
      <p class="rx-buttons">
        {busy ? (
          <button type="button" class="rx-button" data-stop onClick={ladder.stop}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            class="rx-button"
            data-start
            disabled={!live || !left}
            onClick={() => {
              ladder.start(ids, ways);
            }}
          >
            {done > 0 ? 'Go on' : 'Time this device'}
          </button>
        )}
        {!busy && live && !left && runs.some(wanted) && (
          <button
            type="button"
            class="rx-button"
            data-once-more
            title="Times all of them again and keeps the quicker: what else the device did meanwhile only lengthens."
            onClick={() => {
              ladder.start(ids, ways, true);
            }}
          >
            Time all once more
          </button>
        )}
        {!busy && refusals.length > 0 && record && (
          <button
            type="button"
            class="rx-button"
            onClick={() => {
              ladder.change({ ...record, refusals: [] });
            }}
          >
            Try again what could not be timed
          </button>
        )}
        {!busy && runs.length > 0 && (
          <button
            type="button"
            class="rx-button"
            data-forget
            onClick={() => {
              if (asking) ladder.change(null);
              ask(!asking);
            }}
          >
            {asking ? 'Yes, forget all times' : 'Forget all times'}
          </button>
        )}
      </p>
      <label class="rx-far">
        <progress max={Math.max(total, 1)} value={done} />
        <span role="status">
          {at
            ? `${modelOf(at.id).name} on ${wayName(at.way.id)}: ${PHASES[at.phase]}. ${done} of ${total} done.`
            : `${done} of ${total} done${!left && total > 0 && record ? ', nothing is left' : ''}.`}
        </span>
      </label>
      {problem !== null && <p role="alert">{problem}</p>}
      {doubtful.length > 0 && (
        <>
          <p class="rx-note">Will not be tried on this device; all others will:</p>
          <ul class="rx-refusals" data-doubtful>
            <Reasons all={doubtful} wayName={wayName} />
          </ul>
        </>
      )}
      {refusals.length > 0 && (
        <ul class="rx-refusals" data-refusals>
          <Reasons all={refusals} wayName={wayName} />
        </ul>
      )}
    </div>
  );
}

interface ReasonsProps extends Pick<Props, 'wayName'> {
  readonly all: readonly Refusal[];
}

function Reasons({ all, wayName }: ReasonsProps) {
  return (
    <>
      {all.map(({ id, way, why }) => (
        <li key={`${id} ${way}`}>
          <strong>
            {modelOf(id).name} on {wayName(way)}
          </strong>
          : {why}
        </li>
      ))}
    </>
  );
}
