import { describe, expect, it } from 'vitest';
import { reevaluations, reevaluationsOfV2 } from '../../../src/zoo/evaluation.ts';
import { gainOfV2, robustness, TEST_SETS } from '../../../src/zoo/robustness.ts';
import { trainingGroups } from '../../../src/zoo/training.ts';
import { shortName } from '../../../src/zoo/models.ts';

describe('the same weights, measured twice', () => {
  it('agrees with a worked example', () => {
    // pycls's error of RegNetX-600MF is 25.864%, timm's accuracy of the same weights 73.904%.
    const row = reevaluations().find(({ model }) => model.id === 'regnetx_006');
    expect(row?.shift).toBeCloseTo(73.904 - (100 - 25.864), 10);
    expect(row?.againstTimm.difference).toBeCloseTo(73.862 - 73.904, 10);
  });

  it('moves all nineteen down', () => {
    const shifts = [...reevaluations(), ...reevaluationsOfV2()].map(({ shift }) => shift);
    expect(shifts).toHaveLength(12 + 7);
    expect(Math.max(...shifts)).toBeLessThan(0);
    const v2 = reevaluationsOfV2().find(({ model }) => model.id === 'regnetx_320');
    expect(v2?.shift).toBeCloseTo(82.824 - 83.014, 10);
  });
});

describe('robustness', () => {
  it('has the official twelve and seven V2 on every set', () => {
    for (const set of TEST_SETS) {
      expect(robustness(set, 'official')).toHaveLength(12);
      expect(robustness(set, 'v2').map(({ model }) => shortName(model))).toEqual([
        ...['400MF', '800MF', '1.6GF', '3.2GF', '8.0GF', '16GF', '32GF'],
      ]);
    }
  });

  it('averages the gain of V2 over the seven', () => {
    const set = TEST_SETS.find(({ id }) => id === 'imagenet-a');
    const official = [1.973, 2.72, 3.533, 4.88, 6.4, 10.04, 13.173];
    const v2 = [4.933, 7.227, 12.76, 17, 18.413, 22.8, 26.16];
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
    expect(set && gainOfV2(set)).toBeCloseTo((sum(v2) - sum(official)) / 7, 10);
  });
});

describe('training', () => {
  it('differs for 12GF and 16GF alone', () => {
    const groups = trainingGroups();
    expect(groups.flatMap(({ models }) => models)).toHaveLength(12);
    const rows = groups.map((g) => [
      g.models.map(shortName).join(' '),
      g.batch.figure.value,
      g.officialBatch.figure.value,
      g.officialRate.figure.value,
    ]);
    expect(rows).toEqual([
      ['200MF 400MF 600MF 800MF 1.6GF', 1024, 1024, 0.8],
      ['3.2GF 4.0GF 6.4GF 8.0GF', 512, 512, 0.4],
      ['12GF 16GF', 256, 512, 0.4],
      ['32GF', 256, 256, 0.2],
    ]);
    expect(groups.filter((g) => g.differs)).toHaveLength(1);
  });
});
