import { describe, expect, it } from 'vitest';
import { closestCall, falseAlarm } from '../../../src/components/guide/accuracy.ts';
import {
  agreements,
  costsByRole,
  mmpretrainRows,
  seedCounts,
} from '../../../src/components/guide/counts.ts';
import { ties, widthSteps } from '../../../src/components/guide/rounding.ts';
import { complexityOf, networkOf } from '../../../src/regnet/index.ts';
import { isRounding, printedRows, reevaluations } from '../../../src/zoo/evaluation.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';
import { citation } from '../../../src/zoo/results.ts';
import { torchvision } from '../../../src/zoo/sources.ts';
import {
  decisiveDisagreement,
  independentDisagreement,
  pairedBand95,
} from '../../../src/zoo/verdict.ts';
import golden from '../../fixtures/weights/golden.regnetx_002.json' with { type: 'json' };
import { band95 } from '../../../src/zoo/verdict.ts';

describe('paired band', () => {
  it('is the band of two samples when the networks err independently', () => {
    for (const [p, q] of [
      [68.21, 68.912],
      [50, 50],
      [90, 70],
    ] as const)
      expect(pairedBand95(p, q, independentDisagreement(p, q))).toBeCloseTo(band95(p, q, 50_000));
  });

  it('has the variance of a sample of pictures', () => {
    // 60 pictures only the first gets right, 40 only the second, 900 both or neither.
    const scores = [...Array<number>(60).fill(1), ...Array<number>(40).fill(-1)];
    const mean = 0.02;
    const squares = scores.reduce((sum, s) => sum + (s - mean) ** 2, 0) + 900 * mean ** 2;
    const expected = 1.959964 * 100 * Math.sqrt(squares / 1000 / 1000);
    expect(pairedBand95(72, 70, 0.1, 1000)).toBeCloseTo(expected, 6);
  });

  it('is as wide as the difference at the decisive disagreement', () => {
    const share = decisiveDisagreement(72.278, 72.618);
    expect(pairedBand95(72.278, 72.618, share)).toBeCloseTo(0.34, 6);
  });

  it('tells how often twelve comparisons raise a false alarm', () => {
    expect(falseAlarm(1)).toBeCloseTo(0.05);
    expect(falseAlarm(12)).toBeCloseTo(0.46, 2);
  });
});

describe('what the guide to reading and the accuracy page say', () => {
  it('that one verdict is outside, and that it falls inside with timm’s measurement', () => {
    const outside = reevaluations().filter((r) => r.againstPycls.outside);
    expect(outside.map((r) => r.model.name)).toEqual(['RegNetX-200MF']);
    expect(outside.map((r) => r.againstTimm.outside)).toEqual([false]);
  });
  it('that timm measures less than pycls on all twelve', () => {
    expect(reevaluations().filter((r) => r.shift < 0)).toHaveLength(12);
  });
  it('that one printed accuracy is not the exact one rounded', () => {
    const rows = printedRows().filter((row) => !isRounding(row));
    expect(rows.map((r) => r.model.name)).toEqual(['RegNetX-400MF']);
  });
  it('that 400MF is the closest call', () => {
    expect(closestCall().model.name).toBe('RegNetX-400MF');
  });
});

describe('what the guide to the design space says', () => {
  it('shows every step of a width', () => {
    const steps = widthSteps({ depth: 13, w0: 24, wa: 36.44, wm: 2.49, groupWidth: 8 });
    expect(steps).toHaveLength(13);
    expect(steps[2]).toMatchObject({ index: 2, exponent: 2, quantised: 152, width: 152, stage: 3 });
    for (const { exactExponent, exponent, power, quantised } of steps) {
      expect(Math.abs(exactExponent - exponent)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(power - quantised)).toBeLessThanOrEqual(4);
    }
  });
  it('that seven of 48 widths are ties and two of them decide', () => {
    expect(models.flatMap((m) => networkOf(m.design).stages)).toHaveLength(48);
    expect(ties()).toHaveLength(7);
    const decide = ties().filter((t) => t.width !== t.upWidth);
    expect(decide.map((t) => [t.model.name, t.stage, t.width, t.upWidth])).toEqual([
      ['RegNetX-400MF', 4, 384, 400],
      ['RegNetX-1.6GF', 2, 168, 192],
    ]);
  });
  it('that halves up gives torchvision’s 400MF', () => {
    const tie = ties().find((t) => t.upWidth === 400);
    expect(tie?.upParams).toBe(citation(torchvision, 'regnetx_004', 'params').figure.value);
  });
  it('that RegNetX-8.0GF begins with an ordinary convolution', () => {
    const [first] = networkOf(modelOf('regnetx_080').design).stages;
    expect(first?.groups).toBe(1);
  });
  it('that the twelve keep the paper’s limits', () => {
    for (const { design } of models) {
      expect(design.depth).toBeGreaterThanOrEqual(12);
      expect(design.depth).toBeLessThanOrEqual(28);
      expect(design.wm).toBeGreaterThanOrEqual(2);
    }
  });
});

describe('what the guide to the classifier says', () => {
  it('that the demonstration network takes the sample cat for a golden retriever', () => {
    const cat = golden.cases.find(({ image }) => image.startsWith('cat'));
    expect(cat?.top5[0]?.label).toBe('golden retriever');
    expect(cat?.top5[0]?.probability).toBeLessThan(0.2);
  });
});

describe('what the guide to the counts says', () => {
  it('sums by operator to the whole', () => {
    for (const { design } of models) {
      const { layers } = networkOf(design);
      const parts = costsByRole(layers);
      for (const cost of ['params', 'flops', 'acts'] as const)
        expect(parts.reduce((sum, part) => sum + part[cost], 0)).toBe(complexityOf(layers)[cost]);
    }
  });
  it('that 36 of 36 counts equal pycls’s', () => {
    expect(agreements().flatMap((a) => a.counts.filter((c) => c.equal))).toHaveLength(36);
  });
  it('that two of d-li14’s 24 counts are one off in the last digit', () => {
    const others = seedCounts().filter((row) => row.finding !== 'rounded');
    expect(seedCounts()).toHaveLength(24);
    expect(others.map((row) => [row.citation.figure.model, row.cost, row.finding])).toEqual([
      ['regnetx_032', 'params', 'cut'],
      ['regnetx_040', 'flops', 'explained'],
    ]);
  });
  it('that seven of MMPretrain’s eight FLOPs are ours with batch norm and ReLU', () => {
    const near = mmpretrainRows().filter(
      ({ flops, operations }) => Math.abs(flops.figure.value - operations) < 1e7,
    );
    expect(mmpretrainRows()).toHaveLength(8);
    expect(near).toHaveLength(7);
  });
});
