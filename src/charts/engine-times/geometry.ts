import { extent } from 'd3-array';
import { scaleLog } from 'd3-scale';
import type { Race } from '../../zoo/races.ts';
import { modelOf, shortName } from '../../zoo/models.ts';
import { plural } from '../shared/format.ts';
import { r, SHEETS, type Layout, type Sheet, type Tick } from '../shared/svg.ts';
import { textWidth } from '../shared/text.ts';

/** Measures of a layout, in the units of its view box. */
const FRAMES = {
  wide: { ...SHEETS.wide, left: 128, right: 44, pitch: 26 },
  narrow: { ...SHEETS.narrow, left: 118, right: 36, pitch: 26 },
} as const satisfies Record<Layout, object>;

/** Who takes part, and the order of the key. */
export const ENGINES = ['ours', 'web', 'native'] as const;
export type EngineId = (typeof ENGINES)[number];

const NAMES: Readonly<Record<EngineId, string>> = {
  ours: 'this site',
  web: 'ONNX Runtime Web',
  native: 'native',
};

export const RADIUS = 4.5;

export interface PlacedRace {
  readonly race: Race;
  readonly name: string;
  readonly y: number;
  /** From the quickest to the slowest. */
  readonly x1: number;
  readonly x2: number;
  readonly marks: readonly { readonly engine: EngineId; readonly x: number }[];
  /** How many times as fast this site is as the other one in the page. */
  readonly ratio: string;
}

export interface EngineTimesGeometry extends Sheet {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly key: readonly { readonly engine: EngineId; readonly name: string; readonly x: number }[];
  readonly rows: readonly PlacedRace[];
}

/** A row a race on one logarithmic scale of milliseconds; the races' order is the rows'. */
export function engineTimes(races: readonly Race[], layout: Layout): EngineTimesGeometry {
  const { width, font, left, right: margin, pitch } = FRAMES[layout];
  const right = width - margin;
  const top = r(font * 3.4);
  const bottom = r(top + pitch * races.length);
  const [low = 1, high = 10] = extent(races.flatMap((race) => timesOf(race).map(({ ms }) => ms)));
  const x = scaleLog([low / 1.15, high * 1.15], [left, right]);
  const present = ENGINES.filter((engine) => races.some((race) => race[engine] !== null));
  let at = 0;
  return {
    ...{ width, font, left, right, top, bottom },
    height: Math.ceil(bottom + font * 2.8),
    ticks: ticksBetween(low / 1.15, high * 1.15).map((ms) => ({ at: r(x(ms)), label: String(ms) })),
    key: present.map((engine) => {
      const entry = { engine, name: NAMES[engine], x: r(at) };
      at += textWidth(NAMES[engine], font) + font * 2.2;
      return entry;
    }),
    rows: races.map((race, i) => {
      const marks = timesOf(race).map(({ engine, ms }) => ({ engine, x: r(x(ms)) }));
      const [x1 = 0, x2 = 0] = extent(marks, (mark) => mark.x);
      return {
        race,
        name: `${shortName(modelOf(race.variant))}, ${plural(race.threads, 'thread')}`,
        y: r(top + pitch * (i + 0.5)),
        ...{ x1, x2, marks },
        ratio: `${(race.web / race.ours).toFixed(1)}×`,
      };
    }),
  };
}

function timesOf(race: Race): { readonly engine: EngineId; readonly ms: number }[] {
  return ENGINES.flatMap((engine) => {
    const ms = race[engine];
    return ms === null ? [] : [{ engine, ms }];
  });
}

/** 1, 2, 5 and their tenfolds. */
function ticksBetween(low: number, high: number): number[] {
  return Array.from({ length: 8 }, (_, exponent) => 10 ** (exponent - 1))
    .flatMap((decade) => [decade, 2 * decade, 5 * decade])
    .filter((ms) => ms >= low && ms <= high);
}
