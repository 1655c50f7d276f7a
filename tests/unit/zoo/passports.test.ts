import { describe, expect, it } from 'vitest';
import { publishedMeasures } from '../../../src/zoo/compare.ts';
import { allSources } from '../../../src/zoo/all-sources.ts';
import { citations, countOf, passportId, timings } from '../../../src/zoo/results.ts';
import { models } from '../../../src/zoo/models.ts';

describe('passports', () => {
  it('every published figure has an id of its own, fit for HTML', () => {
    const ids = allSources.flatMap((source) =>
      models.flatMap(({ id }) =>
        [...citations(source, id), ...timings(source, id)].map(passportId),
      ),
    );
    expect(ids).toHaveLength(allSources.reduce((sum, source) => sum + countOf(source), 0));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^passport-[\w-]+$/);
  });

  it('a comparison of any variants finds its figures among those of all', () => {
    const measures = publishedMeasures();
    const of = (metric: string) =>
      measures.filter(({ citation }) => citation.figure.metric === metric).length;
    expect(of('test_fw_time')).toBe(12);
    expect(of('top1_error')).toBe(12);
    for (const { label } of measures) expect(label).toMatch(/^\S.*: \S/);
  });
});
