import { describe, expect, test } from 'vitest';
import { FIRST_PROTOCOL } from '../../../src/islands/recount/choices.ts';
import {
  IDLE,
  reduce,
  unfinished,
  type RecountAction,
  type RecountState,
} from '../../../src/islands/recount/state.ts';
import type { KeptWay } from '../../../src/islands/recount/ways.ts';
import type { Certificate, Comparison } from '../../../src/recount/certificate.ts';
import { createTally, figuresOf } from '../../../src/recount/browser/report.ts';
import type { RunInfo, RunProgress } from '../../../src/recount/browser/run.ts';
import { fakeFolder } from '../recount/browser/handles.ts';

const after = (...actions: readonly RecountAction[]): RecountState => actions.reduce(reduce, IDLE);

const INFO: RunInfo = {
  key: 'the key',
  variant: 'regnetx_002',
  classes: ['cat', 'dog'],
  preprocessing: {
    resize: 256,
    crop: 224,
    interpolation: 'bilinear',
    channelOrder: 'RGB',
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },
  backend: 'wasm',
  notes: ['One class is missing.'],
  counted: 3,
};

const progressAt = (count: number): RunProgress => {
  const tally = createTally([], 10);
  for (let i = 0; i < count; i++)
    tally.add({ path: `${i}`, sha256: '', truth: 0, top5: [0], probabilities: [1] });
  return { report: tally.report(), problems: [], batch: 4, perSecond: 20, secondsLeft: 5 };
};

const began: RecountAction = { type: 'began', doing: 'Looking.' };
const chosen = (slot: 'first' | 'second', name: string): RecountAction => ({
  type: 'chosen',
  slot,
  name,
  published: [],
});
const counting = (slot: 'first' | 'second', count = 5): RecountAction[] => [
  chosen(slot, slot),
  { type: 'opened', slot, info: INFO },
  { type: 'progressed', slot, progress: progressAt(count) },
];
const COMPARISON: Comparison = {
  count: 5,
  onlyInFirst: 0,
  onlyInSecond: 0,
  paired: { both: 3, onlyFirst: 1, onlySecond: 1, neither: 0 },
  difference: 0,
  interval: [-1, 1],
  p: 1,
  disagreements: [],
};

describe('a recount on the page', () => {
  test('runs, tells how far it is, and is done', () => {
    const state = after(began, { type: 'listed', name: 'mine' }, ...counting('first'));
    expect(state).toMatchObject({
      phase: 'running',
      pictures: 'mine',
      pace: { perSecond: 20, secondsLeft: 5, batch: 4 },
      first: { name: 'first', info: { key: 'the key', counted: 3 } },
      second: null,
    });
    expect(state.first?.progress?.report.counts.count).toBe(5);
    const done = reduce(state, { type: 'ended', phase: 'done', doing: 'All counted.' });
    expect(done).toMatchObject({ phase: 'done', doing: 'All counted.', pace: null });
    expect(done.first).toEqual(state.first);
  });

  test('that fails keeps what was counted, and the next try clears the sentence', () => {
    const failed = after(began, ...counting('first'), { type: 'failed', message: 'Gone.' });
    expect(failed).toMatchObject({ phase: 'error', problem: 'Gone.', doing: '', pace: null });
    expect(failed.first?.progress?.report.counts.count).toBe(5);
    expect(reduce(failed, began)).toMatchObject({ phase: 'running', problem: null });
  });

  test('with other weights shows nothing of the ones before', () => {
    const figures = figuresOf([]);
    const state = after(
      began,
      ...counting('first'),
      { type: 'noticed', slot: 'first', notice: 'Fetched anew.' },
      { type: 'drawn', slot: 'first', figures },
      chosen('first', 'another'),
    );
    expect(state.first).toEqual({
      name: 'another',
      published: [],
      info: null,
      progress: null,
      figures: null,
      notice: null,
      certificate: null,
    });
  });

  test('keeps a notice that comes between the choice and the opening', () => {
    const [choice, ...rest] = counting('first');
    const state = after(
      began,
      ...(choice ? [choice] : []),
      { type: 'noticed', slot: 'first', notice: 'Fetched anew.' },
      ...rest,
    );
    expect(state.first?.notice).toBe('Fetched anew.');
  });

  test('says nothing of a network that is gone', () => {
    const emptied = after(began, ...counting('second'), { type: 'emptied', slot: 'second' });
    expect(emptied.second).toBeNull();
    for (const late of counting('second').slice(1)) expect(reduce(emptied, late).second).toBeNull();
  });
});

describe('a comparison', () => {
  const compared = after(began, ...counting('first'), ...counting('second'), {
    type: 'compared',
    comparison: COMPARISON,
  });

  test('stands beside both', () => {
    expect(compared.comparison).toBe(COMPARISON);
    expect(compared.first?.name).toBe('first');
    expect(compared.second?.name).toBe('second');
  });

  test.each<[string, RecountAction]>([
    ['other weights', chosen('first', 'another')],
    ['other weights beside it', chosen('second', 'another')],
    ['no second network', { type: 'emptied', slot: 'second' }],
  ])('falls with %s', (_, action) => {
    expect(reduce(compared, action).comparison).toBeNull();
  });
});

test('a certificate stands where a recount would, with what its predictions come to', () => {
  const { report } = progressAt(6);
  const certificate: Certificate = {
    schema: 1,
    checkpoint: { sha256: 'a'.repeat(64), name: 'mine.pth', variant: null, classes: 2 },
    pictures: { count: 6, sha256: 'b'.repeat(64), total: 10, source: 'mine' },
    protocol: { ...INFO.preprocessing, antialias: true, cropOffset: 'half-even', name: null },
    backend: 'wasm',
    runtime: 'Node 24',
    decoder: 'sharp',
    count: 6,
    top1: 6,
    top5: 6,
    problems: [],
    notes: [],
    siteVersion: '0.1.0',
  };
  const taken = (found: typeof report | null) =>
    after(
      { type: 'failed', message: 'Gone.' },
      {
        type: 'certified',
        slot: 'first',
        certificate,
        classes: ['cat', 'dog'],
        report: found,
        published: [],
      },
    );
  expect(taken(report)).toMatchObject({
    problem: null,
    first: { name: 'mine.pth', certificate, info: { classes: ['cat', 'dog'], counted: 0 } },
  });
  expect(taken(report).first?.progress?.report).toBe(report);
  expect(taken(null).first?.progress).toBeNull();
});

describe('a recount of an earlier visit', () => {
  const run = (key: string, count: number) => ({
    key,
    pictures: 'mine',
    weights: 'regnetx_002',
    total: 10,
    count,
    at: 0,
  });
  const way = (key: string): KeptWay => ({
    key,
    folder: fakeFolder('mine', {}),
    truth: [],
    first: { weights: 'regnetx_002', file: null },
    second: { weights: '', file: null },
    protocol: '',
    own: FIRST_PROTOCOL,
    at: 0,
  });
  const kept = (runs: ReturnType<typeof run>[], ways: KeptWay[]): RecountAction => ({
    type: 'kept',
    runs,
    ways,
  });

  test('is the latest that is not whole, with its own way', () => {
    const state = after(kept([run('whole', 10), run('half', 5), run('older', 2)], [way('older')]));
    expect(unfinished(state)).toEqual({ run: run('half', 5), way: null });
    const both = after(kept([run('half', 5)], [way('whole'), way('half')]));
    expect(unfinished(both)?.way?.key).toBe('half');
  });

  test('is offered before pictures are chosen, and no more afterwards', () => {
    expect(unfinished(after(kept([run('whole', 10)], [way('whole')])))).toBeNull();
    const state = after(kept([run('half', 5)], [way('half')]));
    expect(unfinished(reduce(state, began))).toBeNull();
    expect(unfinished({ ...state, pictures: 'mine' })).toBeNull();
  });
});
