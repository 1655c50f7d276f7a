/** What the reader asks of the picture on the home page, and how an address says it. */
import { AXES, WEIGHTS, type Axis, type Weights } from './choice.ts';
import { parseNumber } from './design-query.ts';

export const SCALES = ['log', 'linear'] as const;
export type Scale = (typeof SCALES)[number];

/** A budget of one cost, in its unit: AXIS_UNITS. */
export interface Limit {
  readonly axis: Axis;
  readonly budget: number;
}

/** A cost to compare by, what to show, and what may be spent. */
export interface Question {
  readonly axis: Axis;
  readonly scale: Scale;
  /** At least one, in the order of WEIGHTS. */
  readonly weights: readonly Weights[];
  /** At most this, in the axis's unit: AXIS_UNITS; null for no limit. */
  readonly budget: number | null;
  /** What else may be spent, of another cost than the axis. */
  readonly second: Limit | null;
  /** Whether the answer may name weights that can no longer be downloaded. */
  readonly lost: boolean;
  /** Whether backbones of other families are shown. */
  readonly others: boolean;
}

/** The units of budgets: how many of the cost's own they are. Multiply-adds always count once. */
export const AXIS_UNITS: Readonly<
  Record<Axis, { readonly symbol: string; readonly size: number }>
> = {
  flops: { symbol: 'G', size: 1e9 },
  params: { symbol: 'M', size: 1e6 },
  acts: { symbol: 'M', size: 1e6 },
  gpu: { symbol: 'µs', size: 1e-3 },
  cpu: { symbol: 'ms', size: 1 },
  time: { symbol: 'ms', size: 1 },
  bytes: { symbol: 'MB', size: 1e6 },
};

/** What is shown unasked. */
export const DEFAULT_QUESTION: Question = {
  axis: 'flops',
  scale: 'log',
  weights: WEIGHTS,
  budget: null,
  second: null,
  lost: false,
  others: false,
};

const [SHOWN, HIDDEN] = ['shown', 'hidden'];
const [COUNTED, PASSED_OVER] = ['counted', 'passed-over'];

/** All that an address may say of a question. */
export const CHOICE_PARAMETERS = [
  'cost',
  'scale',
  'weights',
  'budget',
  'also',
  'limit',
  'lost',
  'others',
] as const;

/** A question as the query of an address, without what is so unasked: `?cost=params&budget=20`. */
export function choiceQuery(question: Question): string {
  const { axis, scale, weights, budget, second, lost, others } = question;
  const query = new URLSearchParams();
  if (axis !== DEFAULT_QUESTION.axis) query.set('cost', axis);
  if (scale !== DEFAULT_QUESTION.scale) query.set('scale', scale);
  if (weights.length < WEIGHTS.length) query.set('weights', weights.join(' '));
  if (budget !== null) query.set('budget', String(budget));
  if (second) {
    query.set('also', second.axis);
    query.set('limit', String(second.budget));
  }
  if (lost) query.set('lost', COUNTED);
  if (others) query.set('others', SHOWN);
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** Reads a question from the query of an address; what cannot be used is left out with a sentence. */
export function readChoiceQuery(search: string): {
  question: Question;
  problems: readonly string[];
} {
  const query = new URLSearchParams(search);
  const problems: string[] = [];
  const oneOf = <Value extends string>(key: string, values: readonly Value[], fallback: Value) => {
    const text = query.get(key);
    const found = values.find((value) => value === text);
    if (text !== null && found === undefined)
      problems.push(`In the address, ${key} is “${text}”; it can be ${values.join(', ')}.`);
    return found ?? fallback;
  };
  const axis = oneOf('cost', AXES, DEFAULT_QUESTION.axis);
  const scale = oneOf('scale', SCALES, DEFAULT_QUESTION.scale);
  return {
    question: {
      axis,
      scale,
      weights: weightsIn(query, problems),
      budget: budgetIn(query, 'budget', problems),
      second: secondIn(query, axis, problems),
      lost: oneOf('lost', [COUNTED, PASSED_OVER], PASSED_OVER) === COUNTED,
      others: oneOf('others', [SHOWN, HIDDEN], HIDDEN) === SHOWN,
    },
    problems,
  };
}

function weightsIn(query: URLSearchParams, problems: string[]): readonly Weights[] {
  const text = query.get('weights');
  if (text === null) return WEIGHTS;
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  const unknown = names.filter((name) => !WEIGHTS.some((w) => w === name));
  if (unknown.length > 0 || names.length === 0)
    problems.push(
      `In the address, weights is “${text}”; it can hold ${WEIGHTS.join(', ')}, at least one.`,
    );
  const known = WEIGHTS.filter((w) => names.includes(w));
  return known.length > 0 ? known : WEIGHTS;
}

function budgetIn(
  query: URLSearchParams,
  key: 'budget' | 'limit',
  problems: string[],
): number | null {
  const text = query.get(key);
  if (text === null) return null;
  const budget = readBudget(text);
  if (budget === null)
    problems.push(`In the address, ${key} is “${text}”, which is no number above zero.`);
  return budget;
}

/** The second budget: `also` names its cost, `limit` is the number. */
function secondIn(query: URLSearchParams, first: Axis, problems: string[]): Limit | null {
  const name = query.get('also');
  if (name === null) return null;
  const axis = AXES.find((one) => one === name && one !== first);
  if (axis === undefined) {
    const others = AXES.filter((one) => one !== first);
    problems.push(`In the address, also is “${name}”; it can be ${others.join(', ')}.`);
    return null;
  }
  const budget = budgetIn(query, 'limit', problems);
  return budget === null ? null : { axis, budget };
}

/** A budget as people write it, or null where it is no number above zero. */
export function readBudget(text: string): number | null {
  const value = parseNumber(text);
  return value !== null && value > 0 ? value : null;
}
