import { expect, test } from 'vitest';
import type { NetworkTime } from '../../../src/engine/time-client.ts';
import { EngineError } from '../../../src/threads/errors.ts';
import { obstacleTo } from '../../../src/engine/fits.ts';
import { adviserOf } from '../../../src/islands/device/advice.ts';
import { climb, type Climb } from '../../../src/islands/device/ladder.ts';
import { softwareName } from '../../../src/islands/device/software.ts';
import { networkOf } from '../../../src/regnet/index.ts';
import type { DeviceRecord } from '../../../src/zoo/device-record.ts';
import { modelOf } from '../../../src/zoo/models.ts';

const EMPTY: DeviceRecord = {
  ...{ schema: 1, date: '2026-01-31', name: '', gpu: null, cores: 2, software: 'a browser' },
  ...{ runs: [], refusals: [] },
};
const IDS = ['regnetx_002', 'regnetx_004', 'regnetx_006'];

const measured = (medianMs: number): NetworkTime => ({
  backend: 'wasm',
  precision: 'float32',
  gpu: null,
  gpuBytes: 0,
  firstMs: 2 * medianMs,
  medianMs,
  passes: 3,
  layers: {
    method: 'clock',
    layers: [{ name: 'stem', role: 'stem', stage: 0, flops: 1, ms: medianMs }],
  },
});

/** Climbs with these times or failures, one a variant. */
async function climbed(
  time: Climb['time'],
  {
    record = EMPTY,
    signal = new AbortController().signal,
    whyNot = () => null,
    onceMore,
  }: Partial<Pick<Climb, 'record' | 'signal' | 'whyNot' | 'onceMore'>> = {},
) {
  const kept: DeviceRecord[] = [];
  await climb({
    ...{ record, ids: IDS, ways: ['wasm'], signal, whyNot, onceMore, time },
    onAt: () => undefined,
    onRecord: (next) => kept.push(next),
  });
  return kept.at(-1) ?? record;
}

test('what fails is told and the rest goes on', async () => {
  const { runs, refusals } = await climbed((id) =>
    id === 'regnetx_004'
      ? Promise.reject(new EngineError('worker-lost', 'The browser ended it.'))
      : Promise.resolve(measured(5)),
  );
  expect(runs.map(({ id }) => id)).toEqual(['regnetx_002', 'regnetx_006']);
  expect(refusals).toEqual([{ id: 'regnetx_004', way: 'wasm', why: 'The browser ended it.' }]);
});

test('it stops where it is told to, and goes on there', async () => {
  const stop = new AbortController();
  const half = await climbed(
    (id) => {
      if (id === 'regnetx_004') {
        stop.abort();
        return Promise.reject(new Error('Stopped.'));
      }
      return Promise.resolve(measured(5));
    },
    { signal: stop.signal },
  );
  expect(half).toMatchObject({ refusals: [], runs: [{ id: 'regnetx_002' }] });
  const asked: string[] = [];
  const whole = await climbed(
    (id) => {
      asked.push(id);
      return Promise.resolve(measured(5));
    },
    { record: half },
  );
  expect(asked).toEqual(['regnetx_004', 'regnetx_006']);
  expect(whole.runs).toHaveLength(3);
});

test('what will not work is not tried, and the rest goes on', async () => {
  const asked: string[] = [];
  const { runs, refusals } = await climbed(
    (id) => {
      asked.push(id);
      return Promise.resolve(measured(5));
    },
    { whyNot: (id) => (id === 'regnetx_004' ? 'It is too large.' : null) },
  );
  expect(asked).toEqual(['regnetx_002', 'regnetx_006']);
  expect(runs).toHaveLength(2);
  expect(refusals).toEqual([
    { id: 'regnetx_004', way: 'wasm', why: 'Not tried. It is too large.' },
  ]);
});

test('it is asked with what was timed by then', async () => {
  const adviser = adviserOf({ wasm: null }, null, obstacleTo);
  const whyNot: Climb['whyNot'] = (id, way, record) =>
    adviser({ layers: networkOf(modelOf(id).design).layers, way, record }).obstacle;
  const { runs, refusals } = await climbed(() => Promise.resolve(measured(20_000)), { whyNot });
  expect(runs).toHaveLength(1);
  expect(refusals.map(({ why }) => why)).toEqual([
    expect.stringMatching(
      /^Not tried\. By what was timed on this device a pass takes about 40 s\./,
    ),
    expect.stringMatching(/about 60 s\./),
  ]);
});

test('once more keeps the quicker of two times, and what fails keeps the first', async () => {
  const first = await climbed(() => Promise.resolve(measured(10)));
  const times: Readonly<Record<string, number>> = { regnetx_002: 8, regnetx_004: 12 };
  const asked: string[] = [];
  const { runs, refusals } = await climbed(
    (id) => {
      asked.push(id);
      const ms = times[id];
      return ms === undefined ? Promise.reject(new Error('No.')) : Promise.resolve(measured(ms));
    },
    { record: first, onceMore: true },
  );
  expect(asked).toEqual(IDS);
  expect(Object.fromEntries(runs.map(({ id, medianMs }) => [id, medianMs]))).toEqual({
    ...{ regnetx_002: 8, regnetx_004: 10, regnetx_006: 10 },
  });
  expect(refusals).toEqual([]);
});

test('the page’s own code that does not load ends it', async () => {
  const failed = climbed(() => Promise.reject(new EngineError('code', 'Reload the page.')));
  await expect(failed).rejects.toThrow('Reload the page.');
});

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
    'Firefox 150 on Linux',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0',
    'Edge 150 on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
    'Safari 19.0 on iOS',
  ],
  ['curl/8', 'a browser'],
])('%s is %s', (userAgent, name) => {
  expect(softwareName(userAgent)).toBe(name);
});
