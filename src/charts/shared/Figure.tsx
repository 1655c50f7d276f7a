import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { COPY_FORMATS } from './copy-formats.ts';
import type { Interaction } from './Marks.tsx';
import { DataTable, type Table } from './DataTable.tsx';

interface FigureProps {
  /** The chart's own class: `rx-stage-widths`. */
  readonly kind: string;
  /** The sentence that makes the chart's point, from its numbers: seen, and spoken as its name. */
  readonly point: ComponentChildren;
  /** The numbers behind the picture. */
  readonly table: Table;
  /** The picture, with controls and readout if it has them. */
  readonly children: ComponentChildren;
}

/**
 * What every chart is set in: its point in a sentence, the picture, the table behind it, and buttons
 * that copy it. One script for the whole page answers the buttons (islands/copy), so that charts
 * which never hydrate have them, too.
 */
export function Figure({ kind, point, table, children }: FigureProps) {
  const data = useMemo(() => <DataTable {...table} />, [table]);
  return (
    <figure class={`rx-chart ${kind} not-content`}>
      <figcaption class="rx-point">{point}</figcaption>
      {children}
      <div class="rx-foot" data-pagefind-ignore>
        <p class="rx-said" role="status" data-figure-status />
        <div class="rx-copy" role="group" aria-label="Copy this figure">
          <span aria-hidden="true">Copy as</span>
          {COPY_FORMATS.map((format) => (
            <button key={format} type="button" data-copy={format}>
              <span class="rx-spoken">Copy as </span>
              {format.toUpperCase()}
            </button>
          ))}
        </div>
        {data}
      </div>
    </figure>
  );
}

interface NotedProps extends FigureProps {
  readonly interaction: Interaction | undefined;
  /** What the chosen mark is; nothing while none is chosen. */
  readonly said: string | undefined;
  /** What can be pointed at: `a bar`. */
  readonly mark: string;
}

/** A chart with a line below it that says what the chosen mark is, once it answers. */
export function NotedFigure({ interaction, said, mark, kind, children, ...rest }: NotedProps) {
  return (
    <Figure {...rest} kind={interaction ? kind : `${kind} rx-still`}>
      {children}
      {interaction && (
        <p class="rx-note" role="status">
          {said ?? `Point at ${mark}, tap it, or use the arrow keys.`}
        </p>
      )}
    </Figure>
  );
}
