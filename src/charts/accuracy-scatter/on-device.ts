/** Accuracy against the time on a device that somebody timed. */
import { bestWithin, paretoFront, type Answer } from '../../zoo/choice.ts';
import { runsOf, type DeviceRecord } from '../../zoo/device-record.ts';
import type { Table } from '../shared/DataTable.tsx';
import { formatAccuracy, formatMilliseconds } from '../shared/format.ts';
import { formatInterval, WEIGHTS_WORDS, type AxisWords } from './axes.ts';
import type { Candidate, OtherCandidate } from './geometry.ts';

/** A variant with weights that can be had, and their published accuracy; its time is the device's. */
export type Published = Pick<Candidate, 'id' | 'name' | 'weights' | 'accuracy' | 'interval'>;

export const DEVICE_WORDS: AxisWords = {
  name: 'time on the device',
  title: 'median of a pass at 224 px on this device',
  format: formatMilliseconds,
  amount: (written) => written,
  noun: '',
  tick: formatMilliseconds,
};

/** What was timed one way, with every published accuracy. */
export function candidatesOn(
  record: DeviceRecord,
  way: string,
  published: readonly Published[],
): Candidate[] {
  return runsOf(record, way).flatMap(({ id, medianMs: cost }) =>
    published
      .filter((one) => one.id === id)
      .map((one) => ({ ...one, cost, counted: true, second: null, allowed: true })),
  );
}

/** Somebody else's device in the same plane: the official weights alone, each variant by its name. */
export function othersOn(
  record: DeviceRecord,
  way: string,
  published: readonly Published[],
): OtherCandidate[] {
  return candidatesOn(record, way, published)
    .filter(({ weights }) => weights === 'official')
    .map(({ name, cost, accuracy }, i) => ({
      name: `${name}, theirs`,
      ...(i === 0 && { label: 'theirs' }),
      ...{ cost, accuracy, passport: '' },
    }));
}

/** The most accurate within so many milliseconds, in a sentence around its name. */
export function withinWords(
  { best, alike, cheapest }: Answer<Candidate>,
  budget: number,
): { readonly before: string; readonly name: string | null; readonly after: string } {
  const limit = formatMilliseconds(budget);
  if (!best) {
    const least = cheapest
      ? `: the quickest, RegNetX-${cheapest.name}, takes ${formatMilliseconds(cheapest.cost)}`
      : '';
    return { before: `Nothing runs within ${limit} here${least}.`, name: null, after: '' };
  }
  const cheaper = alike
    ? ` RegNetX-${alike.name} ${WEIGHTS_WORDS[alike.weights].with}, ${formatAccuracy(alike.accuracy)} at ${formatMilliseconds(alike.cost)}, cannot be told apart from it.`
    : '';
  return {
    before: `The most accurate within ${limit} here is `,
    name: `RegNetX-${best.name}`,
    after: ` ${WEIGHTS_WORDS[best.weights].with}: ${formatInterval(best.accuracy, best.interval)} at ${formatMilliseconds(best.cost)}.${cheaper}`,
  };
}

export const answerWithin = (candidates: readonly Candidate[], budget: number): Answer<Candidate> =>
  bestWithin(candidates, budget);

/** The marks in numbers. */
export function deviceTable(
  candidates: readonly Candidate[],
  others: readonly OtherCandidate[],
): Table {
  const front = new Set<Candidate>(paretoFront(candidates));
  return {
    caption: 'Top-1 accuracy on ImageNet-1k, and the time of a pass on the device',
    head: ['variant', 'median', 'top-1', 'on the Pareto line'],
    rows: [
      ...candidates.map((one) => [
        `${one.name}, ${WEIGHTS_WORDS[one.weights].name}`,
        formatMilliseconds(one.cost),
        formatAccuracy(one.accuracy),
        front.has(one) ? 'yes' : 'no',
      ]),
      ...others.map(({ name, cost, accuracy }) => [
        ...[name, formatMilliseconds(cost), formatAccuracy(accuracy), '–'],
      ]),
    ],
  };
}
