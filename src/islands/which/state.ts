import { AXIS_UNITS, DEFAULT_QUESTION, type Question, type Scale } from '../../zoo/choice-query.ts';
import { AXES, WEIGHTS, type Axis, type Option, type Weights } from '../../zoo/choice.ts';

/** The question on the page, and what else the controls remember. */
export interface Asked {
  readonly question: Question;
  /** The budget that each axis had last, or offers: in its unit. */
  readonly budgets: Readonly<Record<Axis, number>>;
  /** The cost that a second budget is of, or would be: another than the question's. */
  readonly secondAxis: Axis;
  /** Sentences about the address that the page was opened with, until the first change. */
  readonly problems: readonly string[];
}

export type Asking =
  | { readonly type: 'axis'; readonly axis: Axis }
  | { readonly type: 'scale'; readonly scale: Scale }
  | { readonly type: 'show'; readonly weights: Weights; readonly shown: boolean }
  | { readonly type: 'others'; readonly shown: boolean }
  | { readonly type: 'limit'; readonly limited: boolean }
  | { readonly type: 'budget'; readonly budget: number }
  | { readonly type: 'second'; readonly change: SecondChange }
  | { readonly type: 'lost'; readonly counted: boolean }
  | { readonly type: 'open'; readonly question: Question; readonly problems: readonly string[] };

/** A second budget is ticked or not, of another cost, or another number. */
export type SecondChange =
  { readonly limited: boolean } | { readonly axis: Axis } | { readonly budget: number };

export const ASKED: Asked = {
  question: DEFAULT_QUESTION,
  budgets: { flops: 2, params: 10, acts: 8, gpu: 100, cpu: 20, time: 40, bytes: 40 },
  secondAxis: 'cpu',
  problems: [],
};

/** The state after a change. The last kind of weights cannot be hidden. */
export function ask(state: Asked, event: Asking): Asked {
  const { question } = state;
  const become = (change: Partial<Question>, also: Partial<Asked> = {}): Asked => ({
    ...state,
    problems: [],
    ...also,
    question: { ...question, ...change },
  });
  switch (event.type) {
    case 'axis':
      return become(
        {
          axis: event.axis,
          budget: question.budget === null ? null : state.budgets[event.axis],
          ...(question.second?.axis === event.axis ? { second: null } : {}),
        },
        { secondAxis: anotherThan(event.axis, state.secondAxis) },
      );
    case 'scale':
      return become({ scale: event.scale });
    case 'show': {
      const weights = WEIGHTS.filter((w) =>
        w === event.weights ? event.shown : question.weights.includes(w),
      );
      return weights.length > 0 ? become({ weights }) : state;
    }
    case 'others':
      return become({ others: event.shown });
    case 'limit':
      return become({ budget: event.limited ? state.budgets[question.axis] : null });
    case 'budget':
      return become({ budget: event.budget }, remembered(state, question.axis, event.budget));
    case 'second':
      return become(...second(state, event.change));
    case 'lost':
      return become({ lost: event.counted });
    case 'open': {
      const { axis, budget, second } = event.question;
      const budgets = {
        ...state.budgets,
        ...(budget === null ? {} : { [axis]: budget }),
        ...(second ? { [second.axis]: second.budget } : {}),
      };
      const secondAxis = second?.axis ?? anotherThan(axis, state.secondAxis);
      return { question: event.question, budgets, secondAxis, problems: event.problems };
    }
  }
}

/** The change of the question, and of what is remembered, when a second budget changes. */
function second(state: Asked, change: SecondChange): [Partial<Question>, Partial<Asked>] {
  const { secondAxis: axis, budgets } = state;
  if ('limited' in change)
    return [{ second: change.limited ? { axis, budget: budgets[axis] } : null }, {}];
  if ('budget' in change)
    return [{ second: { axis, budget: change.budget } }, remembered(state, axis, change.budget)];
  const limited = state.question.second !== null;
  return [
    limited ? { second: { axis: change.axis, budget: budgets[change.axis] } } : {},
    { secondAxis: change.axis },
  ];
}

function remembered({ budgets }: Asked, axis: Axis, budget: number): Pick<Asked, 'budgets'> {
  return { budgets: { ...budgets, [axis]: budget } };
}

/** A second cost, where the first takes the one that was chosen. */
function anotherThan(first: Axis, wanted: Axis): Axis {
  return wanted === first ? (AXES.find((axis) => axis !== first) ?? wanted) : wanted;
}

/** The slider has this many steps, even in ratio. */
export const STEPS = 100;

/** The budgets between which the slider runs: from less than the least to more than the most. */
export function sliderEnds(options: readonly Option[], axis: Axis): readonly [number, number] {
  const costs = options.flatMap(({ costs }) => costs[axis] ?? []);
  const { size } = AXIS_UNITS[axis];
  return [Math.min(...costs) / size / 1.25, (Math.max(...costs) / size) * 1.1];
}

/** The step nearest to a budget. */
export function stepOf(budget: number, [low, high]: readonly [number, number]): number {
  const share = Math.log(budget / low) / Math.log(high / low);
  return Math.round(STEPS * Math.min(Math.max(share, 0), 1));
}

/** The budget of a step, in two digits. */
export function budgetAt(step: number, [low, high]: readonly [number, number]): number {
  return Number((low * (high / low) ** (step / STEPS)).toPrecision(2));
}
