import { Levels, Steps } from '../shared/Axis.tsx';
import { Drawing, Layouts } from '../shared/Drawing.tsx';
import type { Table } from '../shared/DataTable.tsx';
import { Figure } from '../shared/Figure.tsx';
import { formatInteger, formatMilliseconds } from '../shared/format.ts';
import { Mark } from '../shared/Marks.tsx';
import { r } from '../shared/svg.ts';
import { COST_LABELS, formatCost, say, type Text } from '../shared/units.ts';
import { Words } from '../shared/Words.tsx';
import { COSTS } from '../../regnet/index.ts';
import type { Timed } from '../../zoo/timing.ts';
import { timeAgainstCost, type Panel, type TimeGeometry } from './geometry.ts';

/** Published times against each cost, with their correlations. It stands still. */
export function TimeAgainstCost({ timed }: { readonly timed: readonly Timed[] }) {
  return (
    <Figure
      kind="rx-time-against-cost"
      point={<Words text={pointOf(timed)} />}
      table={table(timed)}
    >
      <Layouts draw={(layout) => <TimeDrawing geometry={timeAgainstCost(timed, layout)} />} />
    </Figure>
  );
}

/** The panels as SVG. */
export function TimeDrawing({ geometry: g }: { readonly geometry: TimeGeometry }) {
  return (
    <Drawing g={g} title="Inference time of the twelve against their costs" summary={summaryOf(g)}>
      {g.panels.map((panel) => (
        <PanelView key={panel.cost} panel={panel} font={g.font} />
      ))}
    </Drawing>
  );
}

function PanelView({ panel: p, font }: { readonly panel: Panel; readonly font: number }) {
  return (
    <g>
      <text class="rx-strong" x={p.left} y={r(p.top - font * 2.1)}>
        <Words svg text={COST_LABELS[p.cost]} />
      </text>
      <text class="rx-muted" x={p.left} y={r(p.top - font * 0.8)}>
        correlation {p.correlation.toFixed(3)}
      </text>
      <g class="rx-axis">
        <Levels ticks={p.yTicks} g={p} gap={6} written={p.leads} />
        <Steps ticks={p.xTicks} y={p.bottom} font={font} />
        {p.leads && (
          <text x={p.left - 6} y={p.top} dy="0.35em" text-anchor="end">
            ms
          </text>
        )}
        {p.cost === 'flops' && (
          <text x={p.right} y={r(p.bottom - font * 2.5)} text-anchor="end">
            dashed: in proportion
          </text>
        )}
      </g>
      <path class="rx-proportional" d={p.proportional} />
      <g class="rx-marks">
        {p.dots.map(({ timed, x, y, label }, index) => (
          <Mark
            key={timed.model.id}
            index={index}
            name={say`${timed.model.name}: ${formatMilliseconds(timed.ms)}, ${formatCost(p.cost, timed.complexity[p.cost])} ${COST_LABELS[p.cost]}`}
            interaction={undefined}
          >
            <circle class="rx-timed" cx={x} cy={y} r={4} />
            {label !== null && (
              <text class="rx-timed-name" x={label.x} y={y} dy="0.35em" text-anchor={label.anchor}>
                {label.text}
              </text>
            )}
          </Mark>
        ))}
      </g>
    </g>
  );
}

function pointOf(timed: readonly Timed[]): Text {
  const { panels } = timeAgainstCost(timed, 'wide');
  const spread = (cost: Panel['cost']) =>
    (panels.find((p) => p.cost === cost)?.spread ?? Number.NaN).toFixed(1);
  return say`The time for one of the ${COST_LABELS.flops} varies by a factor of ${spread('flops')} over the twelve, for one activation by ${spread('acts')}: time grows more slowly than the one and faster than the other.`;
}

function summaryOf({ panels }: TimeGeometry): Text {
  const parts = panels.map(
    ({ cost, correlation }) => say`${COST_LABELS[cost]} ${correlation.toFixed(3)}`,
  );
  const list = parts.reduce((all, part) => say`${all}, ${part}`);
  return say`Correlation of the published times with ${list}. Dashed: time in proportion to the cost.`;
}

function table(timed: readonly Timed[]): Table {
  return {
    caption: 'Inference of 64 pictures on a V100, from pycls’s forward times, and costs at 224 px',
    head: ['variant', 'time, ms', ...COSTS.map((cost) => COST_LABELS[cost])],
    rows: timed.map(({ model, ms, complexity }) => [
      model.name,
      ms.toFixed(2),
      ...COSTS.map((cost) => formatCost(cost, complexity[cost], formatInteger)),
    ]),
  };
}
