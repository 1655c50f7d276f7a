import { describe, expect, it } from 'vitest';
import { complexityOf, layersOf, torchvisionStagesOf } from '../../../src/regnet/index.ts';
import { allSources } from '../../../src/zoo/all-sources.ts';
import { auditOrThrow } from '../../../src/zoo/audit.ts';
import { modelOf } from '../../../src/zoo/models.ts';

const rows = auditOrThrow();
const of = (source: string, model: string, cost: string) =>
  rows.filter(
    (r) => r.citation.source.id === source && r.citation.figure.model === model && r.cost === cost,
  );

describe('audit', () => {
  it('finds our counts equal to all 36 of pycls, to the last integer', () => {
    const exact = rows.filter((r) => r.citation.source.id === 'pycls' && r.finding === 'exact');
    expect(exact).toHaveLength(36);
  });

  it('holds every count that a source prints', () => {
    const pyclsTwice = 36 + 36 + 36;
    const imgclsmob = 3 * 24;
    const timm = 19 + 3 * 13;
    const openMmlab = 16 + 16;
    const torchvision = 14 + 14;
    const counts = /^(params|flops|acts|flops_2x)(_as_printed)?$/;
    expect(rows).toHaveLength(
      pyclsTwice + 24 + imgclsmob + timm + openMmlab + torchvision + 24 + 2,
    );
    expect(rows).toHaveLength(
      allSources.flatMap((s) => s.figures.filter(({ metric }) => counts.test(metric))).length,
    );
  });

  it('cannot explain one, and says how far it is off', () => {
    const unexplained = rows.filter((r) => r.finding === 'unexplained');
    expect(unexplained.map((r) => [r.citation.source.id, r.citation.figure.metric])).toEqual([
      ['open-model-zoo', 'flops_2x'],
    ]);
    expect(unexplained[0]?.reason).toBe('Counts 0.6% more; the source does not say of what.');
  });

  it('finds all 36 counts of imgclsmob’s script, pooling counted outside of MXNet only', () => {
    for (const framework of ['gluon', 'chainer', 'tensorflow2']) {
      const flops = rows.filter(
        (r) => r.citation.source.id === `imgclsmob-${framework}` && r.cost === 'flops',
      );
      expect(flops).toHaveLength(12);
      for (const { finding, reason } of flops) {
        expect(finding).toBe('explained');
        expect(reason?.includes('pooling')).toBe(framework !== 'gluon');
      }
    }
  });

  it('finds PaddleClas’s 32GF to be another network, and three counts mistyped', () => {
    expect(of('paddleclas', 'regnetx_320', 'flops')[0]?.reason).toMatch(/RegNetY-32GF/);
    const mistyped = rows.filter((r) => r.finding === 'misprint');
    expect(mistyped.map((r) => [r.citation.source.id, r.citation.figure.value])).toEqual([
      ['paddleclas', 2.74],
      ['paddleclas', 22.16],
      ['paddleclas', 130.67],
    ]);
    expect(of('paddleclas', 'regnetx_032', 'params')[0]?.reason).toMatch(/running mean/);
  });

  it('finds batch norm folded in Open Model Zoo’s parameters', () => {
    expect(of('open-model-zoo', 'regnetx_032', 'params')[0]?.reason).toMatch(/folded/);
  });

  it("explains torchvision's 400MF by rounding halves up", () => {
    expect(complexityOf(layersOf(torchvisionStagesOf(modelOf('regnetx_004').design))).params).toBe(
      5_495_976,
    );
    for (const row of of('torchvision', 'regnetx_004', 'params'))
      expect(row.reason).toMatch(/rounds halves up/);
    expect(of('torchvision', 'regnetx_016', 'params').map((r) => r.finding)).toEqual([
      'exact',
      'exact',
    ]);
  });

  it("finds MMPretrain's 3.2GF row interchanged", () => {
    for (const cost of ['params', 'flops'])
      expect(of('mmpretrain', 'regnetx_032', cost)[0]?.reason).toMatch(/interchanged/);
  });

  it('finds MMPretrain to count batch norm and ReLU', () => {
    expect(of('mmpretrain', 'regnetx_004', 'flops')[0]?.reason).toMatch(/batch norm/);
    expect(of('mmpretrain', 'regnetx_120', 'flops')[0]?.reason).toMatch(/batch norm/);
  });

  it("finds one of d-li14's parameter counts cut and one of its FLOP counts to include pooling", () => {
    expect(of('d-li14', 'regnetx_032', 'params')[0]?.finding).toBe('cut');
    expect(of('d-li14', 'regnetx_040', 'flops')[0]?.reason).toMatch(/pooling/);
  });
});
