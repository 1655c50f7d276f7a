import { describe, expect, it } from 'vitest';
import { designQuery, outsideThePaper, readDesignQuery } from '../../../src/zoo/design-query.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';
import { stagesOf } from '../../../src/regnet/index.ts';

const fallback = modelOf('regnetx_002').design;

describe('a design in an address', () => {
  it.each(models)('$name comes back as it went', ({ design }) => {
    expect(readDesignQuery(designQuery(design), fallback)).toEqual({ design, problems: [] });
  });

  it('is written as the contract has it', () => {
    expect(designQuery(fallback)).toBe('?d=13&w0=24&wa=36.44&wm=2.49&g=8');
  });

  it('takes what is missing from the fallback, silently', () => {
    expect(readDesignQuery('?d=20', fallback)).toEqual({
      design: { ...fallback, depth: 20 },
      problems: [],
    });
  });

  it.each([
    ['?d=x', ['In the address, d is “x”, which is no number.']],
    ['?wm=', ['In the address, wm is “”, which is no number.']],
    ['?w0=20', ['In the address, w0 must be a positive multiple of 8, at most 65536, not 20.']],
    ['?wm=1', ['In the address, wm must be a finite number greater than 1, not 1.']],
    ['?wa=1e9', ['In the address, wa must be small enough to keep the last block within 65536']],
    ['?d=0&g=1.5', ['In the address, depth must be', 'In the address, groupWidth must be']],
  ])('says what is wrong with %s, and uses the rest', (search, sentences) => {
    const { design, problems } = readDesignQuery(`${search}&unknown=1`, fallback);
    expect(design).toEqual(fallback);
    expect(problems).toHaveLength(sentences.length);
    for (const [i, sentence] of sentences.entries()) expect(problems[i]).toContain(sentence);
  });

  it('keeps what is good beside what is not', () => {
    const { design, problems } = readDesignQuery('?d=20&w0=7&g=16', fallback);
    expect(design).toEqual({ ...fallback, depth: 20, groupWidth: 16 });
    expect(problems).toHaveLength(1);
  });

  it('ends where no parameter alone is to blame', () => {
    const { design, problems } = readDesignQuery('?d=1024&w0=65536', fallback);
    expect(design).toEqual(fallback);
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('the limits of the paper', () => {
  it.each(models)('$name keeps them', ({ design }) => {
    expect(outsideThePaper(design, stagesOf(design).length)).toEqual([]);
  });

  it('names what is beyond them', () => {
    expect(outsideThePaper({ ...fallback, depth: 29, wm: 1.9 }, 5)).toEqual([
      'The paper keeps d between 12 and 28 blocks; here it is 29.',
      'The paper keeps wm at 2 or more; here it is 1.9.',
      'The paper’s spaces have 4 stages (it also tries 5 in section 3.4 and 3 in appendix B); this one has 5.',
    ]);
  });
});
