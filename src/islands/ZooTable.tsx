import { useMemo, useState } from 'preact/hooks';
import { Controls } from '../charts/shared/Controls.tsx';
import { allRows, FAMILY_ORDER, filtered, press, sorted } from '../charts/zoo-table/rows.ts';
import { ZooTableView } from '../charts/zoo-table/View.tsx';
import { compareQuery, FEWEST, MOST } from '../zoo/compare-query.ts';
import type { Times } from '../zoo/times.ts';
import { useLive } from './useLive.ts';

interface Props {
  /** Where the site stands, without a slash at the end. */
  readonly base: string;
  readonly times: Times;
}

/** The twelve variants, to sort and to filter by any of their names; links lead under `base`. */
export default function ZooTable({ base, times }: Props) {
  const live = useLive();
  const [sorting, setSorting] = useState(FAMILY_ORDER);
  const [query, setQuery] = useState('');
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const all = useMemo(() => allRows(times), []);
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
              setQuery(event.currentTarget.value);
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
            <a href={`${base}/compare/${compareQuery(ticked)}`}>Compare these {ticked.length}</a>
          )}
        </p>
      </Controls>
      <ZooTableView
        {...{ rows, sorting, base, query, times }}
        onSort={
          live
            ? (key) => {
                setSorting((current) => press(current, key));
              }
            : undefined
        }
        ticking={
          live
            ? {
                ticked,
                room: ticked.length < MOST,
                onTick: (id) => {
                  setTicked((ids) =>
                    ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id],
                  );
                },
              }
            : undefined
        }
      />
      <p class="rx-note">In red: more than the choice of pictures explains.</p>
    </div>
  );
}
