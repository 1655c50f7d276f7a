import { describe, expect, it } from 'vitest';
import { complexityOf } from '../../../src/regnet/index.ts';
import { auditOrThrow } from '../../../src/zoo/audit.ts';
import { layersWithHalvesUp } from '../../../src/zoo/halves-up.ts';
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

  it('finds nothing that it cannot explain', () => {
    expect(rows).toHaveLength(12 * 8 + 14 + 19 + 16);
    expect(rows.filter((r) => r.finding === 'unexplained')).toEqual([]);
  });

  it("explains torchvision's 400MF by rounding halves up", () => {
    expect(complexityOf(layersWithHalvesUp(modelOf('regnetx_004').design)).params).toBe(5_495_976);
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

  it("finds one of the seed's parameter counts cut and one of its FLOP counts to include pooling", () => {
    expect(of('d-li14', 'regnetx_032', 'params')[0]?.finding).toBe('cut');
    expect(of('d-li14', 'regnetx_040', 'flops')[0]?.reason).toMatch(/pooling/);
  });
});
