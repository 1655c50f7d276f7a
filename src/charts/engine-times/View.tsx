import { raceSentence, type Race } from '../../zoo/races.ts';
import { modelOf, shortName } from '../../zoo/models.ts';
import { AxisTitle, Steps } from '../shared/Axis.tsx';
import { Drawing, Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import { formatMilliseconds } from '../shared/format.ts';
import { r } from '../shared/svg.ts';
import { engineTimes, RADIUS, type EngineId, type EngineTimesGeometry } from './geometry.ts';

/** Engines on the processor of one device, a row a variant and number of threads: a still chart. */
export function EngineTimes({ races }: { readonly races: readonly Race[] }) {
  return (
    <Figure
      kind="rx-engine-times rx-still"
      point={raceSentence(races)}
      table={{
        caption: 'Median time of a prediction on the processor',
        head: ['variant', 'threads', 'this site', 'ONNX Runtime Web', 'native ONNX Runtime'],
        rows: races.map(({ variant, threads, ours, web, native }) => [
          shortName(modelOf(variant)),
          String(threads),
          formatMilliseconds(ours),
          formatMilliseconds(web),
          native === null ? '–' : formatMilliseconds(native),
        ]),
      }}
    >
      <Layouts draw={(layout) => <EngineTimesDrawing geometry={engineTimes(races, layout)} />} />
    </Figure>
  );
}

/** A dot for this site, a ring for ONNX Runtime Web, a bar for what is native. */
export function EngineTimesDrawing({ geometry: g }: { readonly geometry: EngineTimesGeometry }) {
  return (
    <Drawing
      g={g}
      title="Time of a prediction on the processor, by engine"
      summary={g.rows.map(summaryOf).join(' ')}
    >
      <g class="rx-muted">
        {g.key.map(({ engine, name, x }) => (
          <g key={engine}>
            <Symbol engine={engine} x={x + RADIUS} y={g.font} />
            <text x={r(x + RADIUS * 3.2)} y={g.font} dy="0.35em">
              {name}
            </text>
          </g>
        ))}
        <text x={g.width} y={r(g.top - g.font * 0.7)} text-anchor="end">
          faster by
        </text>
      </g>
      <g class="rx-axis">
        <Steps ticks={g.ticks} y={g.bottom} font={g.font} from={g.top} />
        <AxisTitle g={g} y={g.bottom}>
          median, milliseconds
        </AxisTitle>
      </g>
      {g.rows.map(({ name, y, x1, x2, marks, ratio }) => (
        <g key={name}>
          <text x={0} y={y} dy="0.35em">
            {name}
          </text>
          <line class="rx-span" x1={x1} x2={x2} y1={y} y2={y} />
          {marks.map(({ engine, x }) => (
            <Symbol key={engine} engine={engine} x={x} y={y} />
          ))}
          <text class="rx-strong" x={g.width} y={y} dy="0.35em" text-anchor="end">
            {ratio}
          </text>
        </g>
      ))}
    </Drawing>
  );
}

function summaryOf({ name, race, ratio }: EngineTimesGeometry['rows'][number]): string {
  const { ours, web, native } = race;
  const beside = native === null ? '' : `, native ${formatMilliseconds(native)}`;
  return `${name}: this site ${formatMilliseconds(ours)}, ONNX Runtime Web ${formatMilliseconds(web)}${beside}; ${ratio}.`;
}

interface SymbolProps {
  readonly engine: EngineId;
  readonly x: number;
  readonly y: number;
}

function Symbol({ engine, x, y }: SymbolProps) {
  const kind = `rx-engine rx-engine-${engine}`;
  if (engine !== 'native') return <circle class={kind} cx={r(x)} cy={y} r={RADIUS} />;
  return <line class={kind} x1={r(x)} x2={r(x)} y1={r(y - 7)} y2={r(y + 7)} />;
}
