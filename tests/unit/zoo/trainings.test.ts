import { describe, expect, it } from 'vitest';
import { doubts } from '../../../src/zoo/doubts.ts';
import { TRAININGS } from '../../../src/zoo/schema.ts';
import { allTrained, firstMeasured, FIRST_HAND, spreadOf } from '../../../src/zoo/trainings.ts';

const trained = allTrained();
const of = (id: string) => trained.find(({ model }) => model.id === id);

describe('trainings', () => {
  it('hold each design’s own, and no copy among them', () => {
    const counts = TRAININGS.map(
      (training) =>
        trained.filter(({ trainings }) => trainings.some((t) => t.training === training)).length,
    );
    expect(counts).toEqual([12, 12, 7, 7, 8, 12, 12, 12]);
    for (const { trainings } of trained)
      for (const { training, citation } of trainings)
        expect(citation.source).toBe(FIRST_HAND[training].source);
  });

  it('lie apart as published', () => {
    // Keras 67.30 and imgclsmob 100 - 29.91.
    expect(spreadOf(of('regnetx_002')?.trainings ?? [])).toBeCloseTo(2.79, 10);
    expect(of('regnetx_002')?.five).toMatchObject({ mean: 68.9, deviation: 0.09 });
    expect(firstMeasured('keras', 'regnetx_016', 'top5')).toBeNull();
  });

  it('measured again are compared with their own first measurement', () => {
    const again = of('regnetx_032')?.again ?? [];
    expect(again.map(({ training, by }) => `${training} by ${by}`)).toEqual([
      'pycls by timm',
      'pycls by OpenMMLab',
      'pycls by Open Model Zoo',
      'torchvision-v1 by Qualcomm',
      'torchvision-v2 by timm',
      'imgclsmob by its Chainer copy',
      'imgclsmob by its TensorFlow copy',
    ]);
    // 78.15 against 100 - 21.736.
    expect(again[2]?.shift).toBeCloseTo(-0.114, 10);
    expect(trained.flatMap((t) => t.again)).toHaveLength(12 + 8 + 1 + 1 + 7 + 24);
  });
});

describe('doubts', () => {
  it('are three, each with the figure kept and a reason computed', () => {
    expect(doubts().map(({ citation: { source, figure } }) => [source.id, figure.value])).toEqual([
      ['mmcls-2021', 97.57],
      ['paddleclas', 72.86],
      ['paddleclas', 78.6],
    ]);
    const [first, second, third] = doubts().map(({ reason }) => reason);
    expect(first).toMatch(/^2\.99 points above .* 94\.57, 0\.01 points/);
    expect(second).toMatch(/73\.86/);
    expect(third).toMatch(/78\.644, rounded/);
  });
});
