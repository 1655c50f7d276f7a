/** Words and numbers of the guide to activations and time, computed from the published times. */
import { formatShare } from '../../charts/shared/format.ts';
import { formatMultiplyAdds } from '../../charts/shared/units.ts';
import { stagesOf, type Cost } from '../../regnet/index.ts';
import {
  correlationWith,
  exponentOf,
  rateSpread,
  timedVariants,
  twoTerms,
  type Timed,
} from '../../zoo/timing.ts';
import { v100Time } from '../../zoo/v100.ts';
import { timeOf } from './v100.ts';

const timed = timedVariants();
const [smallest, largest] = [timed.at(0), timed.at(-1)] as [Timed, Timed];

/** Correlations with the published times, to three decimals. */
export const correlations = {
  flops: correlationWith('flops').toFixed(3),
  params: correlationWith('params').toFixed(3),
  acts: correlationWith('acts').toFixed(3),
};
/** By what factor the time for one of each differs over the twelve. */
export const spreads = {
  flops: rateSpread('flops').toFixed(1),
  params: rateSpread('params').toFixed(1),
  acts: rateSpread('acts').toFixed(1),
};

/** The smallest network's time, as measured, and as the largest one's would predict it. */
const predicted = (cost: Cost) =>
  ((largest.ms * smallest.complexity[cost]) / largest.complexity[cost]).toFixed(1);
export const small = { name: smallest.model.name, time: timeOf(smallest.model.id) };
export const large = { name: largest.model.name, time: timeOf(largest.model.id) };
export const byFlops = predicted('flops');
export const byActs = predicted('acts');
export const range = Math.round(largest.complexity.flops / smallest.complexity.flops);

/** How the other costs grow with multiply-adds: exponents of power laws. */
export const exponents = {
  acts: exponentOf('acts', 'flops').toFixed(2),
  params: exponentOf('params', 'flops').toFixed(2),
};

/** Time as a sum of two terms: milliseconds for a billion, and for a million. */
const terms = twoTerms();
export const perGiga = {
  '1x': (terms.flops * 1e9).toFixed(1),
  '2x': (terms.flops * 5e8).toFixed(1),
};
export const perMega = (terms.acts * 1e6).toFixed(1);
export const worst = `${Math.round(terms.worst * 100)}%`;

/** How much of the fitted time the activations take in the smallest and in the largest network. */
const share = ({ complexity: { flops, acts } }: Timed) =>
  formatShare((terms.acts * acts) / (terms.flops * flops + terms.acts * acts));
export const shareSmall = share(smallest);
export const shareLarge = share(largest);

/** Multiply-adds for one output of the smallest network's convolutions. */
const stages = stagesOf(smallest.model.design);
const [first, last] = [stages.at(0), stages.at(-1)];
if (!first || !last) throw new Error(`${smallest.model.id} has no stages.`);
export const perOutput = {
  first: formatMultiplyAdds(first.width),
  last: formatMultiplyAdds(last.width),
  groupWidth: last.groupWidth,
  grouped: formatMultiplyAdds(9 * last.groupWidth),
};

/** A V100 at its best: multiply-adds in the time in which its memory moves one 32-bit number. */
const V100 = { flops: 15.7e12, bytes: 900e9 };
export const balance = formatMultiplyAdds(Math.round(V100.flops / 2 / (V100.bytes / 4)));

/** Pictures a GPU at which the times were measured, the most first. */
const batches = [...new Set(timed.map(({ model }) => v100Time(model.id).batch))];
export const batchSizes = batches
  .sort((a, b) => b - a)
  .join(', ')
  .replace(/, (\d+)$/, ' or $1');
