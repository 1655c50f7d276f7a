import { expect, test } from 'vitest';
import type { NetworkTime } from '../../../src/engine/time-client.ts';
import { EngineError } from '../../../src/threads/errors.ts';
import { climb, whyNot, type Climb } from '../../../src/islands/device/ladder.ts';
import { softwareName } from '../../../src/islands/device/software.ts';
import type { DeviceRecord } from '../../../src/zoo/device-record.ts';

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
  { record = EMPTY, signal = new AbortController().signal, memory = null as number | null } = {},
) {
  const kept: DeviceRecord[] = [];
  await climb({
    ...{ record, ids: IDS, ways: ['wasm'], signal, memory, time },
    bytesOf: (id) => (id === 'regnetx_006' ? 3e9 : 1e6),
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

test('what takes too much memory or time is not tried', async () => {
  const { refusals } = await climbed(() => Promise.resolve(measured(5)), { memory: 2e9 });
  expect(refusals[0]?.why).toBe(
    'Not tried: it takes about 3.0 GB of memory, and this device has 2.0 GB in all.',
  );
  const slow = await climbed(() => Promise.resolve(measured(20_000)));
  expect(slow.refusals[0]?.why).toMatch(/^Not tried: by what was timed before, .* 40 s here\.$/);
  const rung = { id: 'regnetx_002', way: 'wasm' };
  expect(whyNot(EMPTY, rung, { memory: null, bytesOf: () => 1e12 })).toBeNull();
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
