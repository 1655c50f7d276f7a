/** Every tensor of the file: a table to filter and leaf through, and the chosen one in detail. */
import { useState } from 'preact/hooks';
import { formatValue } from '../../charts/histogram/geometry.ts';
import { Sparkline } from '../../charts/histogram/View.tsx';
import { plural } from '../../charts/shared/format.ts';
import type { TensorReport } from '../../engine/inspect/report.ts';
import { filterTensors, pageOf, rangeText, shapeText, stageOf } from './rows.ts';
import { TensorDetail } from './TensorDetail.tsx';

export function Tensors({ tensors }: { readonly tensors: readonly TensorReport[] }) {
  const [query, setQuery] = useState('');
  const [page, setPage] = useState(0);
  const [chosen, setChosen] = useState(tensors[0]);
  const found = filterTensors(tensors, query);
  const shown = pageOf(found, page);
  return (
    <section class="tensors" aria-labelledby="tensors">
      <h2 id="tensors">Tensors</h2>
      <p class="rx-note">
        As they stand in the file, timm’s name beneath where it differs. Choose one to see how its
        values are spread.
      </p>
      <div class="master">
        <div class="list">
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
          <Table rows={shown.rows} chosen={chosen} onChoose={setChosen} />
          {found.length === 0 && (
            <p class="rx-note">
              None of {plural(tensors.length, 'tensor')} has “{query}” in its name, type or shape.
            </p>
          )}
        </div>
        {chosen && <TensorDetail tensor={chosen} />}
      </div>
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
  readonly chosen: TensorReport | undefined;
  readonly onChoose: (tensor: TensorReport) => void;
}

/** Folds into two lines a row in narrow columns, which takes its meaning in some browsers: the roles. */
function Table({ rows, chosen, onChoose }: TableProps) {
  return (
    <table class="tensor-table" role="table" aria-label="Tensors">
      <thead role="rowgroup">
        <tr role="row">
          {['name', 'shape', 'type', 'min', 'max', 'mean', 'histogram'].map((title) => (
            <th key={title} scope="col" role="columnheader">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((tensor) => (
          <tr
            key={tensor.name}
            role="row"
            data-tensor={tensor.name}
            class={tensor === chosen ? 'chosen' : undefined}
            onClick={() => {
              onChoose(tensor);
            }}
          >
            <th scope="row" role="rowheader">
              <button type="button" aria-current={tensor === chosen ? 'true' : undefined}>
                {tensor.name}
              </button>
              {tensor.timm !== null && tensor.timm !== tensor.name && <small>{tensor.timm}</small>}
            </th>
            <td role="cell">{shapeText(tensor.shape)}</td>
            <td role="cell">{tensor.dtype}</td>
            {[tensor.min, tensor.max, tensor.mean].map((value, i) => (
              <td key={i} role="cell" class="num">
                {value === null ? '–' : formatValue(value)}
              </td>
            ))}
            <td role="cell">
              <Sparkline counts={tensor.counts} stage={stageOf(tensor)} />
              {tensor.nonFinite > 0 && (
                <span class="bad">{plural(tensor.nonFinite, 'value')} not finite</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
