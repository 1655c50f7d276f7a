import { extent } from 'd3-array';
import { accuracyOf } from '../../zoo/accuracy.ts';
import { AXIS_UNITS, type Limit, type Question } from '../../zoo/choice-query.ts';
import {
  AXES,
  bestWithin,
  paretoFront,
  WEIGHTS,
  type Answer,
  type Axis,
  type Option,
  type Weights,
} from '../../zoo/choice.ts';
import { shortName } from '../../zoo/models.ts';
import type { Other } from '../../zoo/others.ts';
import type { Citation } from '../../zoo/results.ts';
import { v100Time } from '../../zoo/v100.ts';
import { interval95 } from '../../zoo/verdict.ts';
import type { Table } from '../shared/DataTable.tsx';
import { formatAccuracy, formatDifference } from '../shared/format.ts';
import type { Reading } from '../shared/Readout.tsx';
import { inUnit } from '../shared/units.ts';
import { AXIS_WORDS, formatRange, WEIGHTS_WORDS } from './axes.ts';
import type { Candidate, OtherCandidate } from './geometry.ts';

/** What a question asks about: the options shown that have the cost. */
export function candidatesOf(
  options: readonly Option[],
  { axis, weights, second, lost }: Pick<Question, 'axis' | 'weights' | 'second' | 'lost'>,
): Candidate[] {
  return options.flatMap(({ model, weights: own, accuracy, costs, obtainable }) => {
    const cost = costs[axis];
    if (cost === null || !weights.includes(own)) return [];
    const other = second && costs[second.axis];
    return {
      id: model.id,
      name: shortName(model),
      weights: own,
      cost,
      accuracy,
      interval: interval95(accuracy),
      counted: obtainable || lost,
      second: other,
      allowed: !second || (other !== null && other <= inOnes(second)),
    };
  });
}

/** The backbones of other families that the question shows and whose cost is known. */
export function otherCandidates(
  others: readonly Other[],
  { axis, others: shown }: Pick<Question, 'axis' | 'others'>,
): OtherCandidate[] {
  if (!shown) return [];
  return others.flatMap(({ costs, ...other }) => {
    const cost = costs[axis];
    return cost === null ? [] : { ...other, cost };
  });
}

/** A backbone's costs under the same terms as a variant's readings. */
export function readingsOfOther(readings: readonly Reading[], other: Other): Reading[] {
  const costs = new Map(
    AXES.map((axis) => {
      const cost = other.costs[axis];
      return [
        inUnit(AXIS_WORDS[axis].name),
        cost === null ? '–' : AXIS_WORDS[axis].format(cost, 3),
      ];
    }),
  );
  return readings.map(({ term }) => ({ term, value: costs.get(inUnit(term)) ?? '–' }));
}

/** A budget in the cost's own unit. */
export function inOnes({ axis, budget }: Limit): number {
  return budget * AXIS_UNITS[axis].size;
}

/** A question's budget in the cost's own unit; without one, all that there is. */
export function budgetOf({ axis, budget }: Question): number {
  return budget === null ? Infinity : inOnes({ axis, budget });
}

/** What the question's budgets buy of the candidates that count. */
export function answerOf(candidates: readonly Candidate[], question: Question): Answer<Candidate> {
  const counted = candidates.filter((candidate) => candidate.counted);
  const allowed = counted.filter((candidate) => candidate.allowed);
  const { cheapest } = bestWithin(counted, Infinity);
  return { ...bestWithin(allowed, budgetOf(question)), cheapest };
}

/** One variant's figures, or the range of all for null. */
export function readingsOf(options: readonly Option[], chosen: string | null): Reading[] {
  const own = options.filter(({ model }) => chosen === null || model.id === chosen);
  const of = (weights: Weights) => own.filter((option) => option.weights === weights);
  const differences = of('ours').map(
    ({ model, accuracy }) => accuracy - accuracyOf(model.id).official,
  );
  const [low = 0, high = 0] = extent(differences);
  const accuracies = WEIGHTS.map((weights) => {
    const [option] = of(weights);
    const term = WEIGHTS_WORDS[weights].name;
    if (chosen === null)
      return { term, value: `${between(of(weights), (o) => o.accuracy.toFixed(1))}%` };
    if (!option) return { term, value: '–' };
    return {
      term,
      value: formatAccuracy(option.accuracy),
      source: { citation: option.published, label: labelOf(option) },
    };
  });
  return [
    ...accuracies,
    {
      term: 'd-li14 − official',
      value: [...new Set([low, high])].map(formatDifference).join('…'),
    },
    ...AXES.map((axis) => costReading(axis, of('official'), chosen !== null)),
  ];
}

function costReading(axis: Axis, options: readonly Option[], one: boolean): Reading {
  const { name, format } = AXIS_WORDS[axis];
  const [least = 0, most = 0] = extent(options, (option) => option.costs[axis] ?? undefined);
  const [option] = options;
  return {
    term: name,
    value: one ? format(least) : formatRange(format(least, 3), format(most, 3)),
    ...(one && option ? { source: timeSource(axis, option) } : {}),
  };
}

function timeSource(axis: Axis, { model, times }: Option): Reading['source'] {
  if (axis === 'time') return { citation: v100Time(model.id).citation, label: TIME_LABEL };
  if (axis !== 'gpu' && axis !== 'cpu') return undefined;
  return { passport: times[axis].passport, label: inUnit(AXIS_WORDS[axis].title) };
}

const TIME_LABEL = 'a forward pass on one V100';

function between(options: readonly Option[], format: (option: Option) => string): string {
  const sorted = [...options].sort((a, b) => a.accuracy - b.accuracy);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first && last ? `${format(first)}–${format(last)}` : '';
}

function labelOf({ weights, model }: Option): string {
  const metric = weights === 'official' ? 'top-1 error' : 'top-1';
  return `${metric}, ${WEIGHTS_WORDS[weights].name}, ${model.name}`;
}

/** Every figure that the chart may cite, with what it is. */
export function publishedOptions(
  options: readonly Option[],
): { citation: Citation; label: string }[] {
  return options.flatMap((option) => [
    { citation: option.published, label: labelOf(option) },
    { citation: v100Time(option.model.id).citation, label: TIME_LABEL },
  ]);
}

/** The marks in numbers: what each costs and scores, and whether line and budget hold it. */
export function scatterTable(
  candidates: readonly Candidate[],
  question: Question,
  others: readonly OtherCandidate[] = [],
): Table {
  const { axis, budget, second } = question;
  const limited = budget !== null || second !== null;
  const { name, format } = AXIS_WORDS[axis];
  const front = new Set(paretoFront(candidates.filter(({ counted }) => counted)));
  const limit = budgetOf(question);
  return {
    caption: 'Top-1 accuracy on ImageNet-1k, with the half-width of its 95% interval',
    head: [
      'variant',
      name,
      'top-1',
      '±',
      'on the Pareto line',
      ...(limited ? ['within the budget'] : []),
    ],
    rows: [
      ...candidates.map((c) => [
        `${c.name}, ${WEIGHTS_WORDS[c.weights].name}`,
        format(c.cost),
        formatAccuracy(c.accuracy),
        c.interval.toFixed(2),
        front.has(c) ? 'yes' : 'no',
        ...(limited ? [c.cost <= limit && c.allowed ? 'yes' : 'no'] : []),
      ]),
      ...others.map(({ name: other, cost, accuracy }) => [
        other,
        format(cost, 3),
        formatAccuracy(accuracy),
        interval95(accuracy).toFixed(2),
        '–',
        ...(limited ? [second === null && cost <= limit ? 'yes' : '–'] : []),
      ]),
    ],
  };
}
