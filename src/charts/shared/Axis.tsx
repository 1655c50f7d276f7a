interface Props {
  /** Heights in the drawing, each with what it stands for. */
  readonly ticks: readonly { readonly y: number; readonly label: string }[];
  /** The plot's edges. */
  readonly g: { readonly left: number; readonly right: number };
}

/** The levels of a vertical axis: a line across the plot, its value to the left. */
export function Levels({ ticks, g }: Props) {
  return (
    <>
      {ticks.map(({ y, label }) => (
        <g key={label}>
          <line class="rx-grid" x1={g.left} x2={g.right} y1={y} y2={y} />
          <text x={g.left - 8} y={y} dy="0.35em" text-anchor="end">
            {label}
          </text>
        </g>
      ))}
    </>
  );
}
