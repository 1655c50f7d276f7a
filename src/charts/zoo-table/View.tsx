import type { ComponentChildren } from 'preact';
import { Cited } from '../shared/Cited.tsx';
import {
  formatAccuracy,
  formatBytes,
  formatCount,
  formatDifference,
  formatMilliseconds,
} from '../shared/format.ts';
import { COST_LABELS, formatMultiplyAdds, type Text } from '../shared/units.ts';
import { Words } from '../shared/Words.tsx';
import type { Times, Today } from '../../zoo/times.ts';
import { publishedFigure } from './figures.ts';
import type { Key, Row, Sorting } from './rows.ts';

/** The variants ticked for a comparison, and the way to tick; absent until the island answers. */
export interface Ticking {
  readonly ticked: readonly string[];
  /** Whether another may be ticked. */
  readonly room: boolean;
  readonly onTick: (id: string) => void;
}

const COLUMNS: readonly { key: Key; title: Text; unit: string }[] = [
  { key: 'name', title: 'variant', unit: '' },
  { key: 'best', title: 'best to be had', unit: 'top-1, whose' },
  { key: 'gpu', title: 'GPU', unit: 'a picture' },
  { key: 'cpu', title: 'CPU', unit: 'a picture' },
  { key: 'bytes', title: 'file', unit: 'float32' },
  { key: 'ours', title: 'ours (d-li14)', unit: 'top-1' },
  { key: 'official', title: 'official', unit: 'top-1' },
  { key: 'difference', title: 'difference', unit: 'points' },
  { key: 'flops', title: COST_LABELS.flops, unit: '224 px' },
  { key: 'params', title: 'parameters', unit: '' },
];

interface Props {
  readonly rows: readonly Row[];
  readonly sorting: Sorting;
  /** Where the site stands, without a slash at the end. */
  readonly base: string;
  /** What was asked for, for the sentence when nothing is found. */
  readonly query: string;
  /** Absent until the island answers: the headers are then plain text. */
  readonly onSort?: ((key: Key) => void) | undefined;
  readonly ticking?: Ticking | undefined;
  readonly times: Times;
}

/**
 * The variants as a table whose headers sort. In narrow columns charts.css folds each row into two
 * lines, which takes the table's meaning away in some browsers: hence the roles.
 */
export function ZooTableView({ rows, sorting, base, query, onSort, ticking, times }: Props) {
  return (
    <table class="rx-zoo" role="table" aria-label="The twelve variants">
      <thead role="rowgroup" data-pagefind-ignore>
        <tr role="row">
          {COLUMNS.map(({ key, title, unit }) => (
            <th
              key={key}
              scope="col"
              role="columnheader"
              aria-sort={sorting.key === key ? sorting.direction : undefined}
            >
              <Header
                onClick={
                  onSort &&
                  (() => {
                    onSort(key);
                  })
                }
              >
                <Words text={title} />
                <small>{unit}</small>
              </Header>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Variant key={row.id} {...{ row, base, ticking, times }} />
        ))}
        {rows.length === 0 && (
          <tr role="row">
            <td role="cell" class="rx-empty" colSpan={COLUMNS.length}>
              No variant is called “{query}”. Try a size such as 400MF, or a name such as
              regnet_x_400mf.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** What stands over a column: a button once it sorts. */
function Header({
  onClick,
  children,
}: {
  readonly onClick: (() => void) | undefined;
  readonly children: ComponentChildren;
}) {
  return onClick ? (
    <button type="button" class="rx-header" onClick={onClick}>
      {children}
    </button>
  ) : (
    <span class="rx-header">{children}</span>
  );
}

function Variant({
  row,
  base,
  ticking,
  times,
}: {
  readonly row: Row;
  readonly base: string;
  readonly ticking: Ticking | undefined;
  readonly times: Times;
}) {
  const ticked = ticking?.ticked.includes(row.id) === true;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <input
          type="checkbox"
          class="rx-tick"
          aria-label={`Compare ${row.name}`}
          checked={ticked}
          disabled={!ticking || (!ticked && !ticking.room)}
          onChange={() => {
            ticking?.onTick(row.id);
          }}
        />
        <a href={`${base}/models/${row.id}/`}>
          <span class="rx-family">RegNetX-</span>
          {row.short}
        </a>
      </th>
      <td role="cell">
        {row.bestBy && (
          <>
            <Cited
              passport={row.bestBy.passport}
              text={formatAccuracy(row.best)}
              label={`top-1, ${row.bestBy.whose}`}
            />{' '}
            <small>{row.bestBy.whose}</small>
          </>
        )}
      </td>
      <td role="cell">
        <TimeOf row={row} kind="gpu" times={times} />
      </td>
      <td role="cell">
        <TimeOf row={row} kind="cpu" times={times} />
      </td>
      <td role="cell">{formatBytes(row.bytes)}</td>
      <td role="cell">
        <Cited {...publishedFigure('ours', row.id)} text={formatAccuracy(row.ours)} />
      </td>
      <td role="cell">
        <Cited {...publishedFigure('official', row.id)} text={formatAccuracy(row.official)} />
      </td>
      <td role="cell" class={row.outside ? 'rx-outside' : undefined}>
        {formatDifference(row.difference)}
        {row.outside && <span class="rx-spoken"> (more than chance explains)</span>}
      </td>
      <td role="cell">
        <Words text={formatMultiplyAdds(row.flops)} />
      </td>
      <td role="cell">{formatCount(row.params)}</td>
    </tr>
  );
}

const DEVICES: Readonly<Record<Today, string>> = {
  gpu: 'a current GPU',
  cpu: 'a laptop’s processor',
};

function TimeOf({
  row,
  kind,
  times,
}: {
  readonly row: Row;
  readonly kind: Today;
  readonly times: Times;
}) {
  const text = formatMilliseconds(row[kind]);
  const time = times[row.id]?.[kind];
  if (!time) return text;
  return <Cited passport={time.passport} text={text} label={`a picture on ${DEVICES[kind]}`} />;
}
