import { expect, describe, test } from 'vitest';
import { randomFrom } from '../../fuzz/random.ts';
import { MAX_MS, maxBytes, mutationsFor, outcomeOf } from '../../fuzz/read.ts';
import { FILES, fixture } from './fixtures.ts';

/** A short run over every fixture; `npm run fuzz` is the long one. */
const ROUNDS = 80;

describe.each([...FILES, { name: 'hostile.pth' }])('$name', ({ name }) => {
  const original = fixture(`checkpoints/${name}`);

  test(`${ROUNDS} damaged copies`, { timeout: 120_000 }, () => {
    const random = randomFrom(1);
    const mutations = mutationsFor(name);
    const outcomes = Array.from({ length: ROUNDS }, (_, round) => {
      const bytes = mutations[round % mutations.length]?.(original, random) ?? original;
      return { ...outcomeOf(bytes), allowed: maxBytes(bytes.length) };
    });
    expect(outcomes.flatMap(({ fault }) => fault ?? [])).toEqual([]);
    expect(Math.max(...outcomes.map(({ ms }) => ms))).toBeLessThan(MAX_MS);
    expect(outcomes.filter(({ taken, allowed }) => taken > allowed)).toEqual([]);
    // The damage reached the readers: the copies failed in several ways.
    const codes = new Set(outcomes.map(({ code }) => code));
    if (name === 'hostile.pth') expect(codes).not.toContain('read');
    else expect(codes.size).toBeGreaterThan(2);
  });
});
