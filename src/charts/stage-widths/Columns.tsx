import { stageClass } from '../shared/svg.ts';
import type { Indices, StageColumns } from './columns.ts';

/** The facts of the stages as a small table under the bars; what lies beneath it can be pointed at. */
export function Columns({
  columns: { rows, columns, bracketY },
}: {
  readonly columns: StageColumns;
}) {
  return (
    <g class="rx-overlay">
      {rows.map(({ name, y }) => (
        <text key={name} class="rx-muted" x={2} y={y}>
          {name}
        </text>
      ))}
      {columns.map(({ stage, bracket, x, facts, leader }) => (
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
        </g>
      ))}
    </g>
  );
}

/** The blocks' indices j below the bars, as many as fit. */
export function BlockIndices({ indices: { y, at } }: { readonly indices: Indices }) {
  return (
    <>
      <text x={2} y={y}>
        block j
      </text>
      {at.map(({ x, label }) => (
        <text key={label} x={x} y={y} text-anchor="middle">
          {label}
        </text>
      ))}
    </>
  );
}
