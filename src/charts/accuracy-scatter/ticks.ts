import type { ScaleLinear, ScaleLogarithmic } from 'd3-scale';
import type { Scale } from '../../zoo/choice-query.ts';
import { r, type Tick } from '../shared/svg.ts';
import { textWidth } from '../shared/text.ts';
import { inUnit, type Text } from '../shared/units.ts';

interface Room {
  readonly width: number;
  readonly font: number;
}

/** As many round costs as stand apart; on a logarithmic axis powers of ten, their doubles and fives. */
export function costTicks(
  x: ScaleLinear<number, number> | ScaleLogarithmic<number, number>,
  { scale, tick }: { readonly scale: Scale; readonly tick: (value: number) => Text },
  { width, font }: Room,
): Tick<Text>[] {
  const [low = 1, high = 10] = x.domain();
  const rows = scale === 'log' ? logarithmic(low, high) : [8, 6, 4, 3].map((n) => x.ticks(n));
  const half = (label: Text) =>
    Math.max(...(['1x', '2x'] as const).map((unit) => textWidth(inUnit(label, unit), font))) / 2;
  const fitting = rows.map((values) =>
    values
      .map((value) => ({ at: r(x(value)), label: tick(value) }))
      .filter(({ at, label }) => at + half(label) <= width),
  );
  const apart = (ticks: readonly Tick<Text>[]) =>
    ticks.every(({ at, label }, i) => {
      const before = ticks[i - 1];
      return !before || at - before.at > half(label) + half(before.label) + 4;
    });
  return fitting.find(apart) ?? [];
}

function logarithmic(low: number, high: number): number[][] {
  const decades = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
  return [[1, 2, 5], [1, 3], [1]].map((steps) =>
    decades
      .flatMap((decade) => steps.map((step) => step * decade))
      .filter((value) => value >= low && value <= high),
  );
}
