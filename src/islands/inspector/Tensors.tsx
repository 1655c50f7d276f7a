/** Every tensor of the file: a table to filter and leaf through, and the chosen one in detail. */
import { useState } from 'preact/hooks';
import { formatValue } from '../../charts/histogram/geometry.ts';
import { Sparkline } from '../../charts/histogram/View.tsx';
import { formatInteger, plural } from '../../charts/shared/format.ts';
import type { TensorReport } from '../../checkpoints/report.ts';
import { filterTensors, pageOf, rangeText, shapeText, stageOf } from './rows.ts';
import { TensorDetail } from './TensorDetail.tsx';

interface TensorsProps {
  readonly tensors: readonly TensorReport[];
  /** How many the file holds. */
  readonly total: number;
}

export function Tensors({ tensors, total }: TensorsProps) {
  const [query, setQuery] = useState('');
  const [page, setPage] = useState(0);
  const [chosen, setChosen] = useState<TensorReport | null>(null);
  const found = filterTensors(tensors, query);
  const shown = pageOf(found, page);
  return (
    <section class="tensors" aria-labelledby="tensors">
      <h2 id="tensors">Tensors</h2>
      <p class="rx-note">
        As they stand in the file, timm’s name beneath where it differs. Open one to see how its
        values are spread; the colour is its stage’s.
        {total > tensors.length &&
          ` Of ${plural(total, 'tensor')}, the first ${formatInteger(tensors.length)} are listed, the network’s before others.`}
      </p>
      <div class="bar">
        <label>
          <span>Filter by name, type or shape</span>
          <input
            type="search"
            value={query}
            placeholder="conv2 F16, 3×3, s4 …"
            autocomplete="off"
            spellcheck={false}
            data-tensor-filter
            onInput={(event) => {
              setQuery(event.currentTarget.value);
              setPage(0);
            }}
          />
        </label>
        <Pager {...shown} total={found.length} onPage={setPage} />
      </div>
      <Table
        rows={shown.rows}
        chosen={chosen}
        onChoose={(tensor) => {
          setChosen(tensor === chosen ? null : tensor);
        }}
      />
      {found.length === 0 && (
        <p class="rx-note">
          None of {plural(tensors.length, 'tensor')} has “{query}” in its name, type or shape.
        </p>
      )}
    </section>
  );
}

interface PagerProps {
  readonly rows: readonly TensorReport[];
  readonly page: number;
  readonly pages: number;
  readonly start: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

function Pager({ rows, page, pages, start, total, onPage }: PagerProps) {
  const leaf = (label: string, to: number) => (
    <button
      type="button"
      aria-label={`${label} page`}
      // Not `disabled`: the key that leafs to the last page keeps its focus.
      aria-disabled={to < 0 || to >= pages}
      onClick={() => {
        if (to >= 0 && to < pages) onPage(to);
      }}
    >
      {to < page ? '‹' : '›'}
    </button>
  );
  return (
    <div class="pager" role="group" aria-label="Pages">
      {leaf('Previous', page - 1)}
      <output>{rangeText(start, rows.length, total)}</output>
      {leaf('Next', page + 1)}
    </div>
  );
}

interface TableProps {
  readonly rows: readonly TensorReport[];
  readonly chosen: TensorReport | null;
  readonly onChoose: (tensor: TensorReport) => void;
}

const COLUMNS = ['name', 'shape', 'type', 'min', 'max', 'mean', 'histogram'] as const;

/** Folds into two lines a row in narrow columns, which takes its meaning in some browsers: the roles. */
function Table({ rows, chosen, onChoose }: TableProps) {
  return (
    <table class="tensor-table" role="table" aria-label="Tensors">
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((title) => (
            <th key={title} scope="col" role="columnheader">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((tensor) => (
          <Row
            key={tensor.name}
            tensor={tensor}
            open={tensor === chosen}
            onToggle={() => {
              onChoose(tensor);
            }}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly tensor: TensorReport;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** A tensor's line, and beneath it the tensor in full while it is open. */
function Row({ tensor, open, onToggle }: RowProps) {
  const { name, timm, shape, dtype, min, max, mean, counts, nonFinite } = tensor;
  return (
    <>
      {/* The button is the row's control; a click anywhere in the row does the same. */}
      <tr role="row" class={open ? 'line open' : 'line'} data-tensor={name} onClick={onToggle}>
        <th scope="row" role="rowheader">
          <button type="button" aria-expanded={open}>
            {name}
          </button>
          {timm !== null && timm !== name && <small>{timm}</small>}
        </th>
        <td role="cell">{shapeText(shape)}</td>
        <td role="cell">{dtype}</td>
        {[min, max, mean].map((value, i) => (
          <td key={COLUMNS[3 + i]} role="cell" class="num">
            {value === null ? '–' : formatValue(value)}
          </td>
        ))}
        <td role="cell">
          <Sparkline counts={counts} stage={stageOf(tensor)} />
          {nonFinite > 0 && <span class="bad">{plural(nonFinite, 'value')} not finite</span>}
        </td>
      </tr>
      {open && (
        <tr role="row" class="detail-row">
          <td role="cell" colSpan={COLUMNS.length}>
            <TensorDetail tensor={tensor} />
          </td>
        </tr>
      )}
    </>
  );
}
