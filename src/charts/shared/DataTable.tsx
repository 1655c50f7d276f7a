import { inUnit, type Text } from './units.ts';
import { Words } from './Words.tsx';

/** The numbers behind a chart; the first column of `rows` names the row. */
export interface Table {
  readonly caption: string;
  readonly head: readonly Text[];
  readonly rows: readonly (readonly Text[])[];
}

/** A chart's data as a table that the reader can open. */
export function DataTable({ caption, head, rows }: Table) {
  return (
    <details class="rx-data">
      <summary>Data table</summary>
      <div class="rx-scroll" role="region" aria-label={caption} tabIndex={0}>
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
    </details>
  );
}
