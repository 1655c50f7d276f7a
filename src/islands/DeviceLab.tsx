import { useEffect, useState } from 'preact/hooks';
import type { Published } from '../charts/accuracy-scatter/on-device.ts';
import { Choice, Controls } from '../charts/shared/Controls.tsx';
import { RUNGS, waysOf } from '../zoo/device-record.ts';
import { modelOf, shortName } from '../zoo/models.ts';
import { backendOf } from '../engine/backends/index.ts';
import { wayOf, WAYS } from './classifier/ways.ts';
import { Fit } from './device/Fit.tsx';
import { Progress } from './device/Progress.tsx';
import { Share } from './device/Share.tsx';
import { Times } from './device/Times.tsx';
import { useLadder } from './device/useLadder.ts';
import { Within } from './device/Within.tsx';

/** Until the device is asked: what every browser has, so that nothing moves when it answers. */
const EXPECTED = WAYS.filter(({ backend }) => backendOf(backend).known === null).map(
  ({ id }) => id,
);

/** Plain loops are for comparing with; who wants to see how slow they are ticks them. */
const usual = (ids: readonly string[]) => ids.filter((id) => id !== 'cpu');
const USUAL = usual(EXPECTED);

const IDS = RUNGS.map(({ id }) => id);

/** What a way is called by itself; one that only another page knows by its id. */
export function wayName(id: string): string {
  const way = wayOf(id);
  if (!way) return id;
  const { name, precisions } = backendOf(way.backend);
  return way.precision === precisions[0] ? name : `${name}, half floats`;
}

interface Props {
  readonly base: string;
  /** Weights that can be had, with their accuracy. */
  readonly published: readonly Published[];
}

/** This device: the twelve timed, accuracy against that time, and how time depends on costs. */
export default function DeviceLab({ base, published }: Props) {
  const ladder = useLadder();
  const { record, other, found, busy } = ladder;
  const [ways, setWays] = useState<readonly string[] | null>(null);
  const [last, setLast] = useState(IDS.length - 1);
  const [shown, show] = useState<string | null>(null);
  useEffect(() => {
    if (found) setWays(usual(found));
  }, [found]);
  const live = record !== null && ways !== null;
  const timed = [...new Set([...(record ? waysOf(record) : []), ...(other ? waysOf(other) : [])])];
  const way = shown !== null && timed.includes(shown) ? shown : (timed[0] ?? null);
  return (
    <div class="rx-device not-content" data-device data-state={busy ? 'running' : 'idle'}>
      <Controls
        live={live}
        label="What to time"
        fallback="Timing needs JavaScript; the command line does the same: npm run -s regnetx -- time."
      >
        <fieldset class="rx-chips">
          <legend>Compute on</legend>
          {(found ?? EXPECTED).map((id) => (
            <label key={id}>
              <input
                type="checkbox"
                data-time-on={id}
                checked={(ways ?? USUAL).includes(id)}
                disabled={busy || !live}
                onChange={({ currentTarget }) => {
                  const others = (ways ?? []).filter((one) => one !== id);
                  const next = currentTarget.checked ? [...others, id] : others;
                  setWays((found ?? []).filter((one) => next.includes(one)));
                }}
              />
              <span>{wayName(id)}</span>
            </label>
          ))}
        </fieldset>
        <label class="rx-select">
          <span>Up to</span>
          <select
            data-up-to
            value={last}
            disabled={busy}
            onChange={({ currentTarget }) => {
              setLast(Number(currentTarget.value));
            }}
          >
            {IDS.map((id, i) => (
              <option key={id} value={i} selected={i === last}>
                {shortName(modelOf(id))}
              </option>
            ))}
          </select>
        </label>
      </Controls>
      <Progress
        ladder={ladder}
        ids={IDS.slice(0, last + 1)}
        ways={ways ?? USUAL}
        live={live}
        wayName={wayName}
      />
      {other && (
        <p class="rx-note" data-other>
          Beside this device: {other.name === '' ? 'somebody’s' : other.name}, {other.software},
          timed on {other.date}
          {other.gpu === null ? '' : `, ${other.gpu}`}.
        </p>
      )}
      {timed.length > 1 && way !== null && (
        <Choice
          legend="Show the times on"
          options={timed.map((id) => ({ value: id, label: wayName(id) }))}
          value={way}
          onChange={show}
        />
      )}
      {record && way !== null && (
        <>
          <Within {...{ base, record, other, way, published }} />
          <Times {...{ base, record, other, way }} />
          <Fit record={record} way={way} base={base} />
        </>
      )}
      {record && record.runs.length > 0 && <Share ladder={ladder} record={record} />}
    </div>
  );
}
