import { describe, expect, test } from 'vitest';
import { shuffled } from '../../../src/recount/order.ts';
import {
  confidenceAt,
  decisionAt,
  NOTHING_SEEN,
  observe,
  type Decision,
  type SequentialOptions,
} from '../../../src/recount/sequential.ts';
import { wilson95 } from '../../../src/recount/statistics.ts';
import { randomFrom } from '../../fuzz/random.ts';

describe('the confidence sequence', () => {
  // Every share or number tried one by one with scipy.stats.beta and betabinom.
  test('is that of the uniform prior', () => {
    const endless = confidenceAt(500, 344, { population: null });
    expect(endless.low).toBeCloseTo(0.613924, 6);
    expect(endless.high).toBeCloseTo(0.7561485, 6);
    expect(confidenceAt(3, 3, { population: null }).high).toBe(1);
    expect(confidenceAt(3, 3, { population: null }).low).toBeCloseTo(0.2320795, 6);
    expect(confidenceAt(500, 344, { population: 2000 })).toEqual({ low: 0.6235, high: 0.7475 });
    expect(confidenceAt(10, 0, { population: 50 })).toEqual({ low: 0, high: 0.36 });
    expect(confidenceAt(49, 20, { population: 50 })).toEqual({ low: 0.4, high: 0.42 });
  });

  test('says nothing before the first picture and all after the last', () => {
    expect(confidenceAt(0, 0, { population: null })).toEqual({ low: 0, high: 1 });
    expect(confidenceAt(0, 0, { population: 50 })).toEqual({ low: 0, high: 1 });
    expect(confidenceAt(50, 20, { population: 50 })).toEqual({ low: 0.4, high: 0.4 });
  });

  test('refuses more pictures than there are', () => {
    expect(() => confidenceAt(51, 20, { population: 50 })).toThrow(RangeError);
  });
});

/** Runs as many recounts as asked, each watched at every picture; how often each decision fell. */
function decisions(
  runs: number,
  options: SequentialOptions,
  accuracy: number,
  pictures: number,
): Record<Decision, number> {
  const random = randomFrom(1);
  const fell = { agrees: 0, differs: 0, early: 0 };
  for (let run = 0; run < runs; run++) {
    let state = NOTHING_SEEN;
    let right = Math.round(accuracy * pictures);
    for (let seen = 0; seen < pictures && state.decision === 'early'; seen++) {
      // Without replacement the rest decides, else always the same share.
      const share = options.population === null ? accuracy : right / (pictures - seen);
      const hit = random() < share;
      if (hit) right--;
      state = observe(state, hit, options);
    }
    fell[state.decision]++;
  }
  return fell;
}

describe('watched at every picture', () => {
  const RUNS = 400;
  /** Three standard deviations above 5% of so many runs. */
  const MOST_ERRORS = RUNS * 0.05 + 3 * Math.sqrt(RUNS * 0.05 * 0.95);

  test('a sample of endlessly many rarely condemns a true figure', () => {
    const options = { published: 0.7, margin: 0, population: null };
    const { differs } = decisions(RUNS, options, 0.7, 1500);
    expect(differs).toBeLessThan(MOST_ERRORS);
  });

  test('a true figure on the edge of the margin is rarely condemned, a false one rarely confirmed', () => {
    const inside = { published: 0.7, margin: 0.05, population: 1000 };
    expect(decisions(RUNS, inside, 0.75, 1000).differs).toBeLessThan(MOST_ERRORS);
    expect(decisions(RUNS, inside, 0.751, 1000).agrees).toBeLessThan(MOST_ERRORS);
  });

  test('the same with an interval for one look would be wrong far more often', () => {
    const random = randomFrom(2);
    let wrong = 0;
    for (let run = 0; run < RUNS; run++) {
      let hits = 0;
      for (let count = 1; count <= 1500; count++) {
        if (random() < 0.7) hits++;
        const [low, high] = wilson95(hits, count);
        if (low > 0.7 || high < 0.7) {
          wrong++;
          break;
        }
      }
    }
    expect(wrong).toBeGreaterThan(0.25 * RUNS);
  });

  test('it finds what is wrong, and confirms what is right, before all pictures are counted', () => {
    const options = { published: 0.7, margin: 0.05, population: 2000 };
    expect(decisions(100, options, 0.6, 1500).differs).toBeGreaterThan(95);
    expect(decisions(100, options, 0.7, 1500).agrees).toBeGreaterThan(95);
    expect(decisions(100, { ...options, population: null }, 0.5, 1500).differs).toBeGreaterThan(95);
  });

  test('all pictures decide always', () => {
    const { early } = decisions(50, { published: 0.7, margin: 0.001, population: 300 }, 0.7, 300);
    expect(early).toBe(0);
  });
});

test('the first decision stands, with the number of pictures that it took', () => {
  const options = { published: 0.5, margin: 0.1, population: null };
  let state = NOTHING_SEEN;
  for (let i = 0; i < 40; i++) state = observe(state, true, options);
  const { decidedAfter } = state;
  expect(state.decision).toBe('differs');
  expect(
    decisionAt({ count: (decidedAfter ?? 0) - 1, hits: (decidedAfter ?? 0) - 1 }, options),
  ).toBe('early');
  for (let i = 0; i < 40; i++) state = observe(state, false, options);
  expect(state).toEqual({ count: 80, hits: 40, decision: 'differs', decidedAfter });
});

test('the order is random, complete and always the same', () => {
  const items = Array.from({ length: 1000 }, (_, i) => i);
  const order = shuffled(items);
  expect(order).toEqual(shuffled(items));
  expect(order.toSorted((a, b) => a - b)).toEqual(items);
  // A tenth of the first hundred comes from the first tenth, give or take.
  const early = order.slice(0, 100).filter((item) => item < 100).length;
  expect(early).toBeGreaterThan(1);
  expect(early).toBeLessThan(25);
});
