/** The ladder with real networks, one of which does not open. */
import { expect, test } from 'vitest';
import { openClassifier } from '../../src/engine/client.ts';
import { climb, type Outcome } from '../../src/islands/instrument/climb.ts';
import type { Rung } from '../../src/islands/instrument/rungs.ts';
import { models } from '../../src/zoo/models.ts';
import { fixture, weights } from './classifier-weights.ts';

const rung = (id: string, load: Rung['weights']): Rung => ({
  ...{ id, variant: id, kind: 'demonstration', labels: '', options: {}, layers: [], bytes: 0 },
  weights: load,
});

test('a network that fails is told, and the next one is tried', async () => {
  const told: [string, Outcome][] = [];
  const good = async () => new Blob([await weights('f16')]);
  await climb(
    [
      rung('first', good),
      rung('broken', () => Promise.resolve(new Blob(['no weights']))),
      rung('missing', () => Promise.reject(new Error('The weights could not be loaded.'))),
      rung('large', good),
      rung('last', good),
    ],
    {
      open: openClassifier,
      ...{ backend: 'wasm', precision: 'float32', known: models },
      picture: await fixture('espresso-coffee.png'),
      whyNot: ({ id }) => (id === 'large' ? 'It is too large.' : null),
      tell: ({ id }, outcome) => told.push([id, outcome]),
      signal: new AbortController().signal,
    },
  );
  expect(told.map(([id, { kind }]) => `${id} ${kind}`)).toEqual([
    ...['first running', 'first answered', 'broken running', 'broken failed'],
    ...['missing running', 'missing failed', 'large skipped', 'last running', 'last answered'],
  ]);
  const [first, last] = [told[1]?.[1], told.at(-1)?.[1]];
  if (first?.kind !== 'answered' || last?.kind !== 'answered') throw new Error('No answers.');
  expect(last.top).toEqual(first.top);
  expect(first.timing?.medianMs).toBeGreaterThan(0);
  const why = told.flatMap(([, outcome]) => (outcome.kind === 'failed' ? [outcome.why] : []));
  expect(why[0]).toMatch(/^[A-Z].*\.$/);
  expect(why[1]).toBe('The weights could not be loaded.');
});

test('a ladder that is stopped tells nothing more', async () => {
  const over = new AbortController();
  const told: string[] = [];
  await climb(
    [
      rung('first', async () => new Blob([await weights('f16')])),
      rung('never', () => Promise.reject(new Error('It was stopped before.'))),
    ],
    {
      open: openClassifier,
      ...{ backend: 'wasm', precision: 'float32', known: models },
      picture: await fixture('espresso-coffee.png'),
      whyNot: () => null,
      tell: ({ id }, { kind }) => {
        told.push(`${id} ${kind}`);
        if (kind === 'running') over.abort();
      },
      signal: over.signal,
    },
  );
  expect(told).toEqual(['first running']);
});
