import { describe, expect, it } from 'vitest';
import { COSTS, evaluate, formulaOf, networkOf, type Shape } from '../../../src/regnet/index.ts';
import { models } from '../../../src/zoo/models.ts';
import { citation } from '../../../src/zoo/results.ts';
import { pycls } from '../../../src/zoo/sources.ts';

describe.each(models)('the formulas of $name', ({ id, design }) => {
  it.each(COSTS)('evaluate together to the published %s', (cost) => {
    const { layers } = networkOf(design);
    const sum = layers.reduce((total, layer) => total + evaluate(formulaOf(layer, cost)), 0);
    expect(sum).toBe(citation(pycls, id, cost).figure.value);
  });
});

describe('the formulas of an operator', () => {
  const conv: Shape = { op: 'conv', kernel: 3, groups: 2, cin: 6, cout: 4, hout: 5, wout: 7 };

  it.each([
    ['a grouped convolution', conv, { flops: 27 * 4 * 35, params: 27 * 4 + 2 * 4, acts: 4 * 35 }],
    [
      'one without groups',
      { ...conv, groups: 1 },
      { flops: 54 * 4 * 35, params: 54 * 4 + 2 * 4, acts: 4 * 35 },
    ],
    [
      'the classifier',
      { op: 'fc', kernel: 1, groups: 1, cin: 6, cout: 10, hout: 1, wout: 1 },
      { flops: 70, params: 70, acts: 10 },
    ],
    [
      'the pooling',
      { op: 'pool', kernel: 1, groups: 1, cin: 6, cout: 6, hout: 1, wout: 1 },
      { flops: 0, params: 0, acts: 0 },
    ],
  ] as const)('tell what %s costs', (_, shape, costs) => {
    for (const cost of COSTS) expect(evaluate(formulaOf(shape, cost))).toBe(costs[cost]);
  });

  it('say whose channels they count', () => {
    const counts = (shape: Shape) => formulaOf(shape, 'params')[0]?.map((factor) => factor.counts);
    expect(counts(conv)).toContain('channels a group');
    expect(counts({ ...conv, groups: 1 })).toContain('channels in');
  });
});
