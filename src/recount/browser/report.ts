/** What the answers so far come to, in the form that a page shows. */
import { shuffled } from '../order.ts';
import { NOTHING_SEEN, observe, type SequentialState } from '../sequential.ts';
import {
  calibrationOf,
  confusionsOf,
  isRight,
  perClass,
  wilson95,
  worstMistakes,
  type Calibration,
  type Confusion,
  type Interval,
} from '../statistics.ts';
import type { Answer, Counts } from '../types.ts';

/** A published accuracy that the recount is held against. */
export interface PublishedFigure {
  readonly id: string;
  readonly metric: 'top1' | 'top5';
  /** 0 to 1. */
  readonly share: number;
  /** On how many pictures; null where the source does not say. */
  readonly pictures: number | null;
}

/** Whether a figure comes out, as far as it is known. */
export interface Judged extends Pick<SequentialState, 'decision' | 'decidedAfter'> {
  readonly id: string;
}

/** Top-1 after so many pictures, with its interval; 0 to 1. */
export interface CoursePoint {
  readonly count: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface Report {
  readonly counts: Counts;
  /** Pictures with a truth, counted or not. */
  readonly total: number;
  readonly top1: Interval;
  readonly top5: Interval;
  readonly judged: readonly Judged[];
  readonly course: readonly CoursePoint[];
}

/** What takes a while to find: shown now and then. */
export interface Figures {
  readonly calibration: Calibration;
  readonly classes: readonly ({ readonly index: number } & Counts)[];
  /** The most frequent first, so many of them as anybody reads. */
  readonly confusions: readonly Confusion[];
  readonly mistakes: number;
  readonly worst: readonly Answer[];
}

export interface Tally {
  add(answer: Answer): void;
  report(): Report;
}

/** A point of the course stands this factor behind the one before it. */
const STRIDE = 1.15;
/** Intervals of fewer pictures say nothing. */
const FIRST_POINT = 8;

/** Counts one answer after another, in random order, and holds the figures against them. */
export function createTally(published: readonly PublishedFigure[], total: number): Tally {
  let [count, top1, top5] = [0, 0, 0];
  let next = Math.min(FIRST_POINT, total);
  const course: CoursePoint[] = [];
  const states = published.map((figure) => ({
    figure,
    state: NOTHING_SEEN,
    options: {
      published: figure.share,
      // The whole of the set that was measured; anything else is a sample.
      population: figure.pictures === total ? total : null,
    },
  }));
  const point = (): CoursePoint => {
    const [low, high] = wilson95(top1, count);
    return { count, share: top1 / count, low, high };
  };
  return {
    add: (answer) => {
      const hits = { top1: isRight(answer), top5: answer.top5.includes(answer.truth) };
      count++;
      if (hits.top1) top1++;
      if (hits.top5) top5++;
      for (const one of states)
        one.state = observe(one.state, hits[one.figure.metric], one.options);
      if (count < next) return;
      course.push(point());
      next = Math.max(count + 1, Math.ceil(count * STRIDE));
    },
    report: () => ({
      counts: { count, top1, top5 },
      total,
      top1: wilson95(top1, count),
      top5: wilson95(top5, count),
      judged: states.map(({ figure, state }) => ({
        id: figure.id,
        decision: state.decision,
        decidedAfter: state.decidedAfter,
      })),
      course: count === 0 || course.at(-1)?.count === count ? [...course] : [...course, point()],
    }),
  };
}

/** What is known of answers that were counted elsewhere, in an order that is random again. */
export function reportOf(
  answers: readonly Answer[],
  published: readonly PublishedFigure[],
  total: number,
): Report {
  const tally = createTally(published, total);
  for (const answer of shuffled(answers)) tally.add(answer);
  return tally.report();
}

const MOST_CONFUSIONS = 100;
const MOST_MISTAKES = 24;

export function figuresOf(answers: readonly Answer[]): Figures {
  return {
    calibration: calibrationOf(answers),
    classes: [...perClass(answers)].map(([index, counts]) => ({ index, ...counts })),
    confusions: confusionsOf(answers).slice(0, MOST_CONFUSIONS),
    mistakes: answers.filter((answer) => !isRight(answer)).length,
    worst: worstMistakes(answers, MOST_MISTAKES),
  };
}
