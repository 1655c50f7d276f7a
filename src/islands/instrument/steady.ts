/** Answers to one frame after another, steadied so that they can be read. */
import type { Prediction } from '../../engine/types.ts';

export interface Steady {
  /** Running means of the probabilities, by class. */
  readonly means: ReadonlyMap<number, number>;
  /** The classes that are shown, in the order that they stand in. */
  readonly order: readonly number[];
}

/** What a new frame counts beside all that came before. */
const NEWEST = 0.25;
/** A class overtakes another only when its mean is so much higher, so that near ties stand still. */
const LEAD = 0.02;
/** Means below it are forgotten. */
const NEGLIGIBLE = 1e-4;
const SHOWN = 5;

/** The state after another frame's predictions; a class that is not among them counts as zero. */
export function steadied(before: Steady | null, predictions: readonly Prediction[]): Steady {
  const fresh = new Map(predictions.map(({ index, probability }) => [index, probability]));
  const meanOf = (index: number): number => {
    const probability = fresh.get(index) ?? 0;
    // Nothing came before the first frame.
    return before === null
      ? probability
      : (1 - NEWEST) * (before.means.get(index) ?? 0) + NEWEST * probability;
  };
  const classes = new Set([
    ...(before?.order ?? []),
    ...(before?.means.keys() ?? []),
    ...fresh.keys(),
  ]);
  const means = new Map(
    [...classes]
      .map((index) => [index, meanOf(index)] as const)
      .filter(([, mean]) => mean > NEGLIGIBLE),
  );
  return { means, order: ordered([...means.keys()], means).slice(0, SHOWN) };
}

/** Classes as they stood, each moved up past those that it leads clearly. */
function ordered(standing: readonly number[], means: ReadonlyMap<number, number>): number[] {
  const order: number[] = [];
  for (const index of standing) {
    const mean = means.get(index) ?? 0;
    let place = order.length;
    while (place > 0 && mean > (means.get(order[place - 1] ?? -1) ?? 0) + LEAD) place--;
    order.splice(place, 0, index);
  }
  return order;
}
