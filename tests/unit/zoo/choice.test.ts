import { describe, expect, it } from 'vitest';
import {
  choiceQuery,
  DEFAULT_QUESTION,
  readChoiceQuery,
  type Question,
} from '../../../src/zoo/choice-query.ts';
import { allOptions, AXES, bestWithin, paretoFront, WEIGHTS } from '../../../src/zoo/choice.ts';
import { times } from '../../../src/zoo/speed.ts';
import { interval95 } from '../../../src/zoo/verdict.ts';

describe('options', () => {
  const options = allOptions(times());
  const of = (model: string, weights: string) =>
    options.find((o) => o.model.id === model && o.weights === weights);

  it('are twelve of ours, twelve official, seven of torchvision', () => {
    const counts = WEIGHTS.map((w) => options.filter((o) => o.weights === w).length);
    expect(counts).toEqual([12, 12, 7]);
  });

  it('can all be downloaded but ours', () => {
    for (const { weights, obtainable } of options) expect(obtainable).toBe(weights !== 'ours');
  });

  it('carry what was published, and what can be counted', () => {
    expect(of('regnetx_002', 'official')?.accuracy).toBeCloseTo(100 - 31.088, 10);
    expect(of('regnetx_002', 'ours')?.costs).toEqual({
      flops: 199_040_872,
      params: 2_684_792,
      acts: 2_164_056,
      gpu: 1000 / 37681.27,
      cpu: 1000 / 237.37,
      time: 10.56,
      // 4 bytes for each parameter, running mean and running variance: three convolutions a block,
      // one more where a stage begins, and the stem.
      bytes: 4 * (2_684_792 + 2 * (32 + 4 * 24 + 4 * 56 + 13 * 152 + 22 * 368)),
    });
  });

  it('know torchvision’s 400MF for another network, without a published time', () => {
    expect(of('regnetx_004', 'v2')?.costs).toMatchObject({ params: 5_495_976, time: null });
    expect(of('regnetx_004', 'v2')?.times.gpu.passport).toContain('regnetx_004_tv');
    expect(of('regnetx_008', 'v2')?.costs).toEqual(of('regnetx_008', 'ours')?.costs);
  });
});

describe('the Pareto line', () => {
  const point = (cost: number, accuracy: number) => ({ cost, accuracy });

  it('keeps what nothing beats, cheapest first', () => {
    const [a, b, c, d] = [point(1, 60), point(2, 70), point(3, 65), point(4, 75)];
    expect(paretoFront([d, c, b, a])).toEqual([a, b, d]);
  });

  it('keeps one of two equals: the better of the same cost, the cheaper of the same accuracy', () => {
    const [worse, better, later] = [point(1, 60), point(1, 61), point(2, 61)];
    expect(paretoFront([worse, later, better])).toEqual([better]);
    expect(paretoFront([])).toEqual([]);
  });
});

describe('the best within a budget', () => {
  // At 79% on 50,000 pictures two accuracies differ by chance by up to 0.505 points.
  const [far, near, best, dear] = [
    { cost: 1, accuracy: 78.4 },
    { cost: 2, accuracy: 78.6 },
    { cost: 3, accuracy: 79 },
    { cost: 4, accuracy: 80 },
  ];
  const points = [dear, best, near, far];

  it('is the most accurate that fits, a cost equal to the budget included', () => {
    expect(bestWithin(points, 3).best).toBe(best);
    expect(bestWithin(points, 2.999).best).toBe(near);
    expect(bestWithin(points, Infinity).best).toBe(dear);
  });

  it('comes with the cheapest that chance could put in its place', () => {
    expect(bestWithin(points, 3).alike).toBe(near);
    expect(bestWithin(points, 4).alike).toBeNull();
    expect(bestWithin(points, 1).alike).toBeNull();
  });

  it('is nothing where nothing fits, and says what costs least', () => {
    expect(bestWithin(points, 0.5)).toEqual({ best: null, alike: null, cheapest: far });
    expect(bestWithin([], 1)).toEqual({ best: null, alike: null, cheapest: null });
  });
});

describe('interval95', () => {
  it('agrees with a worked example', () => {
    // 1.959964 * sqrt(0.8 * 0.2 / 50000) = 0.350609 points.
    expect(interval95(80)).toBeCloseTo(0.350609, 5);
  });
});

describe('addresses', () => {
  it('say nothing of what is so unasked', () => {
    expect(choiceQuery(DEFAULT_QUESTION)).toBe('');
    expect(readChoiceQuery('')).toEqual({ question: DEFAULT_QUESTION, problems: [] });
  });

  it('bring any question back', () => {
    const questions = AXES.flatMap((axis): Question[] => [
      { ...DEFAULT_QUESTION, axis, scale: 'linear', weights: ['ours', 'v2'], budget: 0.5 },
      { ...DEFAULT_QUESTION, axis, weights: WEIGHTS, lost: true },
      { ...DEFAULT_QUESTION, axis, weights: ['official'], budget: 12.25, others: true },
      ...AXES.filter((other) => other !== axis).map((other) => ({
        ...DEFAULT_QUESTION,
        axis,
        second: { axis: other, budget: 7.5 },
      })),
    ]);
    for (const question of questions)
      expect(readChoiceQuery(choiceQuery(question))).toEqual({ question, problems: [] });
    expect(choiceQuery({ ...DEFAULT_QUESTION, axis: 'params', budget: 20 })).toBe(
      '?cost=params&budget=20',
    );
  });

  it('refuse a second budget of the same cost, or of none', () => {
    const { question, problems } = readChoiceQuery('?cost=gpu&also=gpu&limit=3');
    expect(question.second).toBeNull();
    expect(problems).toEqual([
      'In the address, also is “gpu”; it can be flops, params, acts, cpu, time, bytes.',
    ]);
    expect(readChoiceQuery('?also=gpu&limit=no').problems).toEqual([
      'In the address, limit is “no”, which is no number above zero.',
    ]);
  });

  it('that are broken show what can be shown, and say so', () => {
    const { question, problems } = readChoiceQuery(
      '?cost=money&scale=log&weights=ours,theirs&budget=-1',
    );
    expect(question).toEqual({ ...DEFAULT_QUESTION, weights: ['ours'] });
    expect(problems).toEqual([
      'In the address, cost is “money”; it can be flops, params, acts, gpu, cpu, time, bytes.',
      'In the address, weights is “ours,theirs”; it can hold ours, official, v2, at least one.',
      'In the address, budget is “-1”, which is no number above zero.',
    ]);
  });
});
