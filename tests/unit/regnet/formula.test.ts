import { describe, expect, it } from 'vitest';
import { COSTS, evaluate, formulaOf, networkOf } from '../../../src/regnet/index.ts';
import { models } from '../../../src/zoo/models.ts';
import { citation } from '../../../src/zoo/results.ts';
import { pycls } from '../../../src/zoo/sources.ts';

describe.each(models)('the formulas of $name', ({ id, design }) => {
  it.each(COSTS)(
    'evaluate to the %s of each layer, and together to the published count',
    (cost) => {
      const { layers } = networkOf(design);
      for (const layer of layers) expect(evaluate(formulaOf(layer, cost))).toBe(layer[cost]);
      const sum = layers.reduce((total, layer) => total + evaluate(formulaOf(layer, cost)), 0);
      expect(sum).toBe(citation(pycls, id, cost).figure.value);
    },
  );
});

it('hold for other pictures and other numbers of classes', () => {
  const [model] = models;
  if (!model) throw new Error('There is no model.');
  for (const layer of networkOf(model.design, 97, 10).layers)
    for (const cost of COSTS) expect(evaluate(formulaOf(layer, cost))).toBe(layer[cost]);
});
