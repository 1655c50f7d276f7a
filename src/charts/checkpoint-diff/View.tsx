import { Drawing, Layouts } from '../shared/Drawing.tsx';
import { Figure } from '../shared/Figure.tsx';
import { plural } from '../shared/format.ts';
import { Base, Levels } from '../shared/Axis.tsx';
import { Mark, Marks, type Interaction } from '../shared/Marks.tsx';
import { Readout } from '../shared/Readout.tsx';
import { active, step } from '../shared/selection.ts';
import { r, stageClass } from '../shared/svg.ts';
import { checkpointDiff, type DiffGeometry, type LayerDistance } from './geometry.ts';

interface Props {
  /** What the comparison comes to, in a sentence. */
  readonly point: string;
  /** In order of execution. */
  readonly layers: readonly LayerDistance[];
  /** The largest relative L2 that counts as close. */
  readonly close: number;
  readonly interaction?: Interaction | undefined;
}

/** The distances of two files' layers: drawing, figures and table. */
export function CheckpointDiffChart(props: Props) {
  const { layers, close, interaction } = props;
  const chosen = layers[(interaction && active(interaction.selection)) ?? -1];
  const far = farthest(layers);
  const shown = chosen ?? far;
  return (
    <Figure
      kind="rx-checkpoint-diff"
      point={props.point}
      table={{
        caption: 'Relative L2 distance and cosine of each layer; the farthest tensor counts',
        head: ['layer', 'relative L2', 'cosine', 'note'],
        rows: layers.map((layer) => [
          layer.name,
          formatDistance(layer.relativeL2),
          formatCosine(layer.cosine),
          layer.obstacle ?? '',
        ]),
      }}
    >
      <Layouts
        draw={(layout) => (
          <CheckpointDiffView {...props} geometry={checkpointDiff(layers, close, layout)} />
        )}
      />
      <Readout
        heading={chosen?.name ?? (far ? `Farthest: ${far.name}` : 'All layers')}
        hint="Point at a layer, tap it, or use the arrow keys."
        live={interaction !== undefined}
        readings={[
          { term: 'relative L2', value: formatDistance(shown?.relativeL2 ?? null) },
          { term: 'cosine', value: formatCosine(shown?.cosine ?? null) },
          { term: 'note', value: shown?.obstacle ?? '–' },
        ]}
      />
    </Figure>
  );
}

/** The distances as SVG: a dot a layer. */
export function CheckpointDiffView({
  layers,
  close,
  geometry: g,
  interaction,
}: Omit<Props, 'point'> & { readonly geometry: DiffGeometry }) {
  const { font } = g;
  return (
    <Drawing
      g={g}
      title="Distance of two checkpoints, layer by layer"
      summary={summaryOf(layers, close)}
      live={interaction !== undefined}
    >
      <g class="rx-axis">
        <Levels ticks={g.levels} g={g} />
        <text x={2} y={r(font * 0.9)}>
          relative L2
        </text>
        <text x={r(g.left - 8)} y={g.shelf} dy="0.35em" text-anchor="end">
          same
        </text>
        <Base g={g} />
        {g.stages.map(({ stage, from, to }) => (
          <g key={`${stage} ${from}`} class={stageClass(stage)}>
            <line
              class="rx-stage-line"
              x1={r(from + 1)}
              x2={r(to - 1)}
              y1={r(g.shelf + 12)}
              y2={r(g.shelf + 12)}
            />
            {to - from > font * 2.4 && (
              <text x={r((from + to) / 2)} y={r(g.shelf + 14 + font)} text-anchor="middle">
                s{stage}
              </text>
            )}
          </g>
        ))}
      </g>
      <g class="rx-limit">
        <line x1={g.left} x2={g.right} y1={g.limit} y2={g.limit} />
        <text x={g.right} y={r(g.limit - 5)} text-anchor="end">
          close up to here
        </text>
      </g>
      <Marks
        label="Layers"
        interaction={interaction}
        next={(key, from) => step(key, from, layers.length)}
      >
        {g.marks.map(({ index, x, y, slot, same }) => {
          const layer = layers[index];
          if (!layer) return null;
          return (
            <Mark key={layer.name} index={index} name={layerText(layer)} interaction={interaction}>
              <rect class="rx-hit" {...slot} y={g.top} height={r(g.shelf + 8 - g.top)} />
              {y === null ? (
                <text class="rx-apart" x={x} y={g.shelf} dy="0.35em" text-anchor="middle">
                  ×
                </text>
              ) : (
                <circle
                  class={`rx-layer ${same ? 'rx-same' : ''} ${stageClass(layer.stage)}`}
                  cx={x}
                  cy={y}
                  r={g.radius}
                />
              )}
            </Mark>
          );
        })}
      </Marks>
    </Drawing>
  );
}

function farthest(layers: readonly LayerDistance[]): LayerDistance | undefined {
  return layers.reduce<LayerDistance | undefined>(
    (most, next) => ((next.relativeL2 ?? 0) > (most?.relativeL2 ?? 0) ? next : most),
    undefined,
  );
}

/** A relative distance: `0`, `2.4e-4`, `0.31`. */
export function formatDistance(value: number | null): string {
  if (value === null) return '–';
  if (value === 0) return '0';
  return value < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

function formatCosine(value: number | null): string {
  return value === null ? '–' : value.toFixed(6).replace('-', '−');
}

/** A layer in a few words. */
export function layerText({ name, relativeL2, cosine, obstacle }: LayerDistance): string {
  if (obstacle !== null) return `${name}: ${obstacle}`;
  if (relativeL2 === 0) return `${name}: the same`;
  return `${name}: relative L2 ${formatDistance(relativeL2)}, cosine ${formatCosine(cosine)}`;
}

/** The picture in sentences. */
export function summaryOf(layers: readonly LayerDistance[], close: number): string {
  const same = layers.filter(({ relativeL2 }) => relativeL2 === 0).length;
  const apart = layers.filter(({ relativeL2 }) => relativeL2 === null).length;
  const beyond = layers.filter(({ relativeL2 }) => (relativeL2 ?? 0) > close).length;
  const far = farthest(layers);
  return [
    `Of ${plural(layers.length, 'layer')}, ${same} are the same in both files and ${beyond} are farther apart than ${close}.`,
    far ? `The farthest is ${far.name}, at ${formatDistance(far.relativeL2)}.` : '',
    apart > 0 ? `${plural(apart, 'layer')} cannot be compared.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
