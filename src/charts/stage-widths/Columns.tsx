import type { ComponentChildren } from 'preact';
import { stageClass } from '../shared/svg.ts';
import type { StageColumn, StageColumns } from './columns.ts';

/** The facts of the stages as a small table under the bars; `wrap` may make a mark of a column. */
export function Columns({
  columns: { rows, columns, bracketY },
  wrap = (_, column) => column,
}: {
  readonly columns: StageColumns;
  readonly wrap?: (column: StageColumn, drawn: ComponentChildren) => ComponentChildren;
}) {
  return (
    <g class="rx-columns">
      {rows.map(({ name, y }) => (
        <text key={name} class="rx-muted" x={2} y={y}>
          {name}
        </text>
      ))}
      {columns.map((column) => {
        const { stage, bracket, x, facts, leader } = column;
        return wrap(
          column,
          <g key={stage} class="rx-facts">
            <rect class={stageClass(stage)} {...bracket} y={bracketY} height={3} />
            {leader !== null && <path class="rx-leader" d={leader} />}
            {facts.map((fact, i) => (
              <text
                key={rows[i]?.name}
                class={i === 0 ? 'rx-strong' : undefined}
                x={x}
                y={rows[i]?.y}
                text-anchor="middle"
              >
                {fact}
              </text>
            ))}
          </g>,
        );
      })}
    </g>
  );
}
