import { describe, expect, it } from 'vitest';
import {
  compareQuery,
  DEFAULT_COMPARED,
  ledBy,
  readCompareQuery,
  toggled,
} from '../../../src/zoo/compare-query.ts';
import { designChanges, measuresOf } from '../../../src/zoo/compare.ts';
import { modelOf } from '../../../src/zoo/models.ts';

const PAIR = ['regnetx_004', 'regnetx_008'];
const rowOf = (ids: readonly string[], key: string) =>
  measuresOf(ids)
    .flatMap(({ measures }) => measures)
    .find((measure) => measure.key === key);

describe('variants in an address', () => {
  it('come back as they went, in their order', () => {
    const ids = ['regnetx_032', 'regnetx_002', 'regnetx_320', 'regnetx_016'];
    expect(compareQuery(ids)).toBe('?models=regnetx_032,regnetx_002,regnetx_320,regnetx_016');
    expect(readCompareQuery(compareQuery(ids))).toEqual({ ids, problems: [] });
    expect(readCompareQuery('')).toEqual({ ids: DEFAULT_COMPARED, problems: [] });
  });

  it('may be names and aliases', () => {
    expect(readCompareQuery('?models=RegNetX-400MF,regnet_x_800mf').ids).toEqual(PAIR);
  });

  it.each([
    ['?models=regnetx_004,regnetx_008,nothing', PAIR, ['No variant is called “nothing”.']],
    ['?models=regnetx_004,regnetx_004,regnetx_008', PAIR, ['RegNetX-400MF is named twice.']],
    [
      '?models=regnetx_002,regnetx_004,regnetx_006,regnetx_008,regnetx_016',
      ['regnetx_002', 'regnetx_004', 'regnetx_006', 'regnetx_008'],
      ['Only 4 fit side by side: RegNetX-1.6GF is left out.'],
    ],
    [
      '?models=regnetx_002',
      ['regnetx_002', 'regnetx_004'],
      ['A comparison needs 2 variants: RegNetX-400MF fills the place.'],
    ],
    [
      '?models=',
      PAIR,
      ['A comparison needs 2 variants: RegNetX-400MF and RegNetX-800MF fill the place.'],
    ],
  ])('says what is wrong with %s', (search, ids, problems) => {
    expect(readCompareQuery(search)).toEqual({ ids, problems });
  });
});

it('ticks variants on and off, never fewer than two or more than four', () => {
  expect(toggled(PAIR, 'regnetx_002')).toEqual([...PAIR, 'regnetx_002']);
  expect(toggled([...PAIR, 'regnetx_002'], 'regnetx_004')).toEqual(['regnetx_008', 'regnetx_002']);
  expect(toggled(PAIR, 'regnetx_004')).toEqual(PAIR);
  const four = [...PAIR, 'regnetx_002', 'regnetx_320'];
  expect(toggled(four, 'regnetx_016')).toEqual(four);
  expect(ledBy(four, 'regnetx_002')[0]).toBe('regnetx_002');
});

describe('measures', () => {
  it('compares costs by ratio', () => {
    const flops = rowOf(PAIR, 'flops');
    expect(flops?.values.map((v) => v?.value)).toEqual([397_678_568, 799_700_712]);
    expect(flops?.values[0]?.ratio).toBeNull();
    expect(flops?.values[1]?.ratio).toBeCloseTo(2.011, 3);
  });

  it('judges accuracies against chance: worked by hand', () => {
    // 74.94 - 72.278 = 2.662; the band of two such accuracies is about 0.55.
    const ours = rowOf(PAIR, 'ours');
    expect(ours?.values[1]?.difference).toBeCloseTo(2.662, 10);
    expect(ours?.values[1]?.outside).toBe(true);
    // 8.0GF against 6.4GF: 79.38 - 79.152 = 0.228, well within 0.5.
    expect(rowOf(['regnetx_064', 'regnetx_080'], 'ours')?.values[1]?.outside).toBe(false);
  });

  it('does not judge sets of other sizes, and leaves gaps where nobody published', () => {
    expect(rowOf(PAIR, 'imagenet-a')?.values[1]?.outside).toBeNull();
    const v2 = rowOf(['regnetx_002', 'regnetx_004'], 'torchvision-V2');
    expect(v2?.values[0]).toBeNull();
    expect(v2?.values[1]?.difference).toBeNull();
  });

  it('knows where every published figure stands', () => {
    for (const { measures } of measuresOf(PAIR))
      for (const { note, values } of measures)
        for (const value of values)
          if (note.startsWith('computed')) expect(value?.citation).toBeNull();
          else expect(value?.citation?.url).toMatch(/^https:\/\//);
  });
});

it('tells what changes in the design', () => {
  expect(designChanges(modelOf('regnetx_004'), modelOf('regnetx_008'))).toEqual([
    '6 blocks fewer: 16 instead of 22.',
    'Blocks a stage: 1–3–7–5 instead of 1–2–7–12.',
    'Every stage 1.8 to 2.0 times as wide.',
    'The same groups of 16 channels.',
    'The line starts at 56 instead of 24 and rises by 35.73 instead of 24.48 a block; stages grow 2.28-fold instead of 2.54-fold.',
  ]);
  expect(designChanges(modelOf('regnetx_006'), modelOf('regnetx_008'))[0]).toBe(
    'As deep: 16 blocks.',
  );
});
