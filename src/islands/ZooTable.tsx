import { useEffect, useMemo, useState } from 'preact/hooks';
import { Controls } from '../charts/shared/Controls.tsx';
import { readTable, tableParameters, UNTOUCHED } from '../charts/zoo-table/query.ts';
import { allRows, filtered, press, sorted } from '../charts/zoo-table/rows.ts';
import { ZooTableView } from '../charts/zoo-table/View.tsx';
import { compareQuery, FEWEST, MOST } from '../zoo/compare-query.ts';
import type { Bests } from '../zoo/best.ts';
import type { Times } from '../zoo/times.ts';
import { useAddress } from './address.ts';
import { useLive } from './useLive.ts';

interface Props {
  /** Where the site stands, without a slash at the end. */
  readonly base: string;
  readonly times: Times;
  readonly bests: Bests;
}

/** The twelve variants, to sort and to filter by any of their names; links lead under `base`. */
export default function ZooTable({ base, times, bests }: Props) {
  const live = useLive();
  const [state, setState] = useState(UNTOUCHED);
  const change = (changed: Partial<typeof state>) => {
    setState((before) => ({ ...before, ...changed }));
  };
  useEffect(() => {
    setState(readTable(location.search));
  }, []);
  useAddress(tableParameters(state), live);
  const { sorting, query, ticked } = state;
  const all = useMemo(() => allRows(times, bests), []);
  const rows = sorted(filtered(all, query), sorting);
  return (
    <div class="rx-chart rx-zoo-table not-content">
      <Controls
        live={live}
        label="Filter"
        fallback="Smallest network first. Sorting and filtering need JavaScript."
      >
        <label class="rx-filter">
          <span>Filter by any name</span>
          <input
            type="search"
            value={query}
            placeholder="400MF, regnet_x_400mf …"
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => {
              change({ query: event.currentTarget.value });
            }}
          />
        </label>
        <output class="rx-hint">
          {rows.length} of {all.length} variants
        </output>
        <p class="rx-to-compare">
          {ticked.length < FEWEST ? (
            <span class="rx-hint">
              Tick {FEWEST} to {MOST} to compare them
            </span>
          ) : (
            <>
              {ticked.length === MOST && (
                <span class="rx-hint">No more than {MOST} fit: untick one to tick another. </span>
              )}
              <a href={`${base}/compare/${compareQuery(ticked)}`}>Compare these {ticked.length}</a>
            </>
          )}
        </p>
      </Controls>
      <ZooTableView
        {...{ rows, sorting, base, query, times }}
        onSort={
          live
            ? (key) => {
                change({ sorting: press(sorting, key) });
              }
            : undefined
        }
        ticking={
          live
            ? {
                ticked,
                room: ticked.length < MOST,
                onTick: (id) => {
                  const others = ticked.filter((other) => other !== id);
                  change({ ticked: ticked.includes(id) ? others : [...ticked, id] });
                },
              }
            : undefined
        }
      />
      <p class="rx-note">In red: more than the choice of pictures explains.</p>
    </div>
  );
}
