import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { otherCandidates } from '../../../src/charts/accuracy-scatter/facts.ts';
import { others, publishedOthers } from '../../../src/zoo/families.ts';
import { passportId } from '../../../src/zoo/results.ts';
import { familiesSchema } from '../../../src/zoo/schema.ts';

const all = others();
const of = (name: string) => all.find((other) => other.name === name);

describe('other families', () => {
  it('fit the schema, each with a passport of its own that the page writes', () => {
    const file: unknown = JSON.parse(readFileSync('content/families.json', 'utf8'));
    expect(familiesSchema.parse(file).models).toHaveLength(37);
    const written = new Set(publishedOthers().map(({ citation }) => passportId(citation)));
    expect(written.size).toBe(37);
    for (const { passport } of all) expect(written).toContain(passport);
  });

  it('cost what they cost at the size on which they were measured', () => {
    // ResNet-50 is counted at 288 px, 6.8 G, and measured at 224: 6.8 * (224 / 288)^2.
    expect(of('resnet50.tv_in1k')?.costs.flops).toBeCloseTo(4.1136e9, -6);
    expect(of('resnet50.tv_in1k')?.costs.gpu).toBeNull();
    expect(of('vgg16.tv_in1k')?.costs.flops).toBe(15.47e9);
    expect(of('vgg16.tv_in1k')?.costs.gpu).toBeCloseTo(1000 / 3417.92, 12);
    const { citation } = publishedOthers()[3] ?? {};
    expect(citation?.figure.note).toBe(
      'Crop of 224 px, 88% of the shorter side, bilinear. Multiply-adds and activations are counted at 288 px and scaled by area. Costs: benchmark-infer-amp-nchw-pt291-cu130-5090.csv.',
    );
  });

  it('are shown only when asked for, and only where the cost is known', () => {
    expect(otherCandidates(all, { axis: 'flops', others: false })).toEqual([]);
    expect(otherCandidates(all, { axis: 'flops', others: true })).toHaveLength(37);
    expect(otherCandidates(all, { axis: 'cpu', others: true })).toEqual([]);
    expect(otherCandidates(all, { axis: 'gpu', others: true })).toHaveLength(
      all.filter(({ costs }) => costs.gpu !== null).length,
    );
  });
});
