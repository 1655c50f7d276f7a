import { useEffect, useState } from 'preact/hooks';
import { formatInteger } from './format.ts';
import { inUnit, type Text } from './units.ts';
import { Words } from './Words.tsx';
import { scroller } from './scroller.ts';

/** The numbers behind a chart; the first column of `rows` names the row. */
export interface Table {
  readonly caption: string;
  readonly head: readonly Text[];
  readonly rows: readonly (readonly Text[])[];
}

/** More rows than these cost a page that changes under the reader's hands too much; they wait. */
const MOST_ROWS = 128;

/** A chart's data as a table that the reader can open; of a very long one the rest waits for a click. */
export function DataTable({ caption, head, rows: all }: Table) {
  // The built page is complete; only where scripts run can the rest be asked for.
  const [whole, setWhole] = useState(true);
  useEffect(() => {
    setWhole(false);
  }, [all]);
  const rows = whole ? all : all.slice(0, MOST_ROWS);
  return (
    <details class="rx-data">
      <summary>Data table</summary>
      <div {...scroller(caption)}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {head.map((text) => (
                <th key={inUnit(text)} scope="col">
                  <Words text={text} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={inUnit(name ?? '')}>
                <th scope="row">
                  <Words text={name ?? ''} />
                </th>
                {cells.map((cell, column) => (
                  <td key={inUnit(head[column + 1] ?? '')}>
                    <Words text={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length < all.length && (
        <p class="rx-note">
          The first {rows.length} of {formatInteger(all.length)} rows.{' '}
          <button
            type="button"
            class="rx-button"
            data-all-rows
            onClick={() => {
              setWhole(true);
            }}
          >
            Show all
          </button>
        </p>
      )}
    </details>
  );
}
