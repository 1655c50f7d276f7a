import { scaleLinear } from 'd3-scale';
import type { Stage } from '../../regnet/index.ts';
import { formatInteger } from '../shared/format.ts';
import { SHEETS, r, type Box, type Layout, type Sheet, type Tick } from '../shared/svg.ts';
import { spread, textWidth } from '../shared/text.ts';

/** Measures of a layout, in the units of its view box; `half` is the length of the widest bar. */
const FRAMES = {
  wide: { ...SHEETS.wide, left: 54, right: 6, half: 104 },
  narrow: { ...SHEETS.narrow, left: 46, right: 2, half: 84 },
} as const satisfies Record<Layout, object>;

/** A network as the chart needs it. */
export interface Compared {
  readonly name: string;
  readonly stages: readonly Stage[];
}

/** A stage in its half of the mirror. */
export interface StageMark {
  readonly stage: number;
  readonly bars: readonly Box[];
  readonly bracket: Box;
  /** Bars, bracket and label, to point at. */
  readonly hit: Box;
  /** `7 × 160`: blocks and channels. */
  readonly label: string;
  /** Centre of the label. */
  readonly x: number;
}

/** One network above or below the axis. */
export interface Half {
  readonly name: string;
  readonly stages: readonly StageMark[];
  /** Baselines of the name and of the stages' labels. */
  readonly nameY: number;
  readonly labelY: number;
  readonly ticks: readonly Tick[];
}

export interface MirrorGeometry extends Sheet {
  readonly left: number;
  readonly right: number;
  readonly axis: number;
  readonly upper: Half;
  readonly lower: Half;
}

/**
 * Two networks mirrored at the axis of blocks: block j of one stands above block j of the other,
 * upwards and downwards their channels. `scale` holds the most blocks and channels of all networks
 * that are compared, so that several mirrors can be held against each other.
 */
export function mirror(
  above: Compared,
  below: Compared,
  scale: { readonly blocks: number; readonly channels: number },
  layout: Layout,
): MirrorGeometry {
  const { width, left, font, half, ...frame } = FRAMES[layout];
  const right = width - frame.right;
  const pitch = (right - left) / scale.blocks;
  const gap = Math.min(3, pitch * 0.14);
  const rows = { name: font * 1.1, label: font * 2.7, bracket: font * 3.2 };
  const size = scaleLinear([0, scale.channels], [0, half]);
  const extent = (network: Compared): number =>
    Math.ceil(rows.bracket + 8 + size(Math.max(...network.stages.map((stage) => stage.width))));
  const axis = extent(above);
  const height = axis + extent(below);

  const halfOf = ({ name, stages }: Compared, up: boolean): Half => {
    const flip = (y: number): number => r(up ? y : height - y);
    let index = 0;
    const marks = stages.map((stage, i) => {
      const start = left + index * pitch;
      const tall = size(stage.width);
      const bars = Array.from({ length: stage.depth }, (_, b) => ({
        x: r(start + b * pitch + gap / 2),
        y: r(up ? axis - tall : axis),
        width: r(pitch - gap),
        height: r(tall),
      }));
      index += stage.depth;
      const bracket = {
        x: r(start + gap / 2),
        y: r(flip(rows.bracket) - (up ? 0 : 3)),
        width: r(stage.depth * pitch - gap),
        height: 3,
      };
      const centre = start + (stage.depth * pitch) / 2;
      return {
        stage: i + 1,
        bars,
        bracket,
        hit: {
          x: r(start),
          y: r(up ? rows.name + font * 0.3 : axis),
          width: r(stage.depth * pitch),
          height: r((up ? axis : height - axis) - rows.name - font * 0.3),
        },
        label: `${stage.depth} × ${formatInteger(stage.width)}`,
        centre,
      };
    });
    const places = spread(
      marks.map((mark) => mark.centre),
      marks.map((mark) => textWidth(mark.label, font) + 8),
      [left - 9, right + 5],
    );
    return {
      name,
      stages: marks.map(({ centre, ...mark }, i) => ({ ...mark, x: r(places?.[i] ?? centre) })),
      nameY: r(up ? rows.name : height - rows.name + font * 0.72),
      labelY: r(up ? rows.label : height - rows.label + font * 0.72),
      ticks: size
        .ticks(3)
        .filter((value) => value > 0 && value <= Math.max(...stages.map((stage) => stage.width)))
        .map((value) => ({
          at: r(axis + (up ? -1 : 1) * size(value)),
          label: formatInteger(value),
        })),
    };
  };
  return {
    width,
    height,
    font,
    left,
    right,
    axis,
    upper: halfOf(above, true),
    lower: halfOf(below, false),
  };
}

/** The scale that holds all of some networks. */
export function commonScale(networks: readonly Compared[]): { blocks: number; channels: number } {
  return {
    blocks: Math.max(
      ...networks.map(({ stages }) => stages.reduce((sum, stage) => sum + stage.depth, 0)),
    ),
    channels: Math.max(...networks.flatMap(({ stages }) => stages.map((stage) => stage.width))),
  };
}
