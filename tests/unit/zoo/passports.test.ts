import { describe, expect, it } from 'vitest';
import { publishedMeasures } from '../../../src/zoo/compare.ts';
import { citations, passportId } from '../../../src/zoo/results.ts';
import { mmpretrain, pycls, seed, timm, torchvision } from '../../../src/zoo/sources.ts';
import { models } from '../../../src/zoo/models.ts';

const sources = [mmpretrain, pycls, seed, timm, torchvision];

describe('passports', () => {
  it('every published figure has an id of its own, fit for HTML', () => {
    const ids = sources.flatMap((source) =>
      models.flatMap(({ id }) => citations(source, id).map(passportId)),
    );
    expect(ids).toHaveLength(sources.reduce((sum, { figures }) => sum + figures.length, 0));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^passport-[\w-]+$/);
  });

  it('a comparison of any variants finds its figures among those of all', () => {
    const measures = publishedMeasures();
    const of = (metric: string) =>
      measures.filter(({ citation }) => citation.figure.metric === metric).length;
    expect(of('infer_ms')).toBe(12);
    expect(of('top1_error')).toBe(12);
    for (const { label } of measures) expect(label).toMatch(/^\S.*: \S/);
  });
});
