import { describe, expect, test } from 'vitest';
import { createTally, figuresOf, reportOf } from '../../../../src/recount/browser/report.ts';
import { wilson95 } from '../../../../src/recount/statistics.ts';
import type { Answer } from '../../../../src/recount/types.ts';

const TRUTH = 7;

/** An answer whose truth stands in a place of the five, from 1; in none of them for 0. */
const answerWith = (i: number, place: number): Answer => ({
  path: `${i}.png`,
  sha256: i.toString(16).padStart(64, '0'),
  truth: TRUTH,
  top5: Array.from({ length: 5 }, (_, at) => (at + 1 === place ? TRUTH : 20 + at)),
  probabilities: [0.5, 0.2, 0.1, 0.1, 0.05],
});

/** Of ten pictures seven are first, two among the five, one in none. */
const answersOf = (count: number): Answer[] =>
  Array.from({ length: count }, (_, i) =>
    answerWith(i, [1, 1, 3, 1, 1, 0, 1, 5, 1, 1][i % 10] ?? 0),
  );

const figure = (share: number, pictures: number | null, metric: 'top1' | 'top5' = 'top1') => ({
  id: `${metric}-${share}`,
  metric,
  share,
  pictures,
});

function tallied(answers: readonly Answer[], ...given: Parameters<typeof createTally>) {
  const tally = createTally(...given);
  for (const answer of answers) tally.add(answer);
  return tally.report();
}

describe('a tally', () => {
  test('counts first places and places among the five, with their intervals', () => {
    const { counts, total, top1, top5 } = tallied(answersOf(40), [], 100);
    expect(counts).toEqual({ count: 40, top1: 28, top5: 36 });
    expect(total).toBe(100);
    expect(top1).toEqual(wilson95(28, 40));
    expect(top5).toEqual(wilson95(36, 40));
  });

  test('judges each figure by its own metric, and never takes a decision back', () => {
    const figures = [figure(0.2, null), figure(0.9, null, 'top5'), figure(0.7, null)];
    const { judged } = tallied(answersOf(400), figures, 50_000);
    expect(judged[0]).toMatchObject({ id: 'top1-0.2', decision: 'differs' });
    expect(judged[1]?.decision).not.toBe('differs');
    expect(judged[2]?.decision).not.toBe('differs');
    const after = judged[0]?.decidedAfter ?? 0;
    expect(after).toBeGreaterThan(1);
    expect(tallied(answersOf(after), figures, 50_000).judged[0]?.decision).toBe('differs');
    expect(tallied(answersOf(after - 1), figures, 50_000).judged[0]?.decision).toBe('early');
  });

  test('of the whole set that was measured ends in certainty, of a sample it does not', () => {
    const decisionWith = (pictures: number | null) =>
      tallied(answersOf(200), [figure(0.7, pictures)], 200).judged[0]?.decision;
    expect(decisionWith(200)).toBe('agrees');
    expect(decisionWith(null)).toBe('early');
    expect(decisionWith(10_000)).toBe('early');
  });

  test('draws a course whose last point is the present one, and few before it', () => {
    const { course } = tallied(answersOf(1000), [], 1000);
    expect(course[0]?.count).toBe(8);
    expect(course.at(-1)).toMatchObject({ count: 1000, share: 0.7 });
    expect(course.length).toBeLessThan(50);
    const counts = course.map(({ count }) => count);
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
    for (const { share, low, high } of course) {
      expect(low).toBeLessThanOrEqual(share);
      expect(high).toBeGreaterThanOrEqual(share);
    }
  });

  test('of nothing has no course', () => {
    expect(tallied([], [figure(0.7, null)], 10)).toMatchObject({
      counts: { count: 0, top1: 0, top5: 0 },
      judged: [{ decision: 'early', decidedAfter: null }],
      course: [],
    });
  });
});

test('a certificate’s answers are judged in random order, not in that of its paths', () => {
  const sorted = answersOf(400).sort((a, b) => b.top5.indexOf(TRUTH) - a.top5.indexOf(TRUTH));
  const { counts, course } = reportOf(sorted, [], 400);
  expect(counts).toEqual({ count: 400, top1: 280, top5: 360 });
  // In the order of the file the first fifty would be none or all right.
  const early = course.find(({ count }) => count >= 50);
  expect(early?.share).toBeGreaterThan(0.5);
  expect(early?.share).toBeLessThan(0.9);
});

test('figures name the mistakes, what is taken for what, and each class’s share', () => {
  const figures = figuresOf(answersOf(40));
  expect(figures.mistakes).toBe(12);
  expect(figures.classes).toEqual([{ index: TRUTH, count: 40, top1: 28, top5: 36 }]);
  expect(figures.confusions).toEqual([{ truth: TRUTH, taken: 20, count: 12 }]);
  expect(figures.worst).toHaveLength(12);
  expect(figures.worst.every(({ top5 }) => top5[0] !== TRUTH)).toBe(true);
});
