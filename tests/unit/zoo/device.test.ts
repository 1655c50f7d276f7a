import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { networkOf } from '../../../src/regnet/index.ts';
import { fitTimes, predictedMs, timeCosts } from '../../../src/zoo/device-fit.ts';
import {
  expectedMs,
  fitOf,
  nextRung,
  readDeviceRecord,
  RUNGS,
  withRefusal,
  withRun,
  type DeviceRecord,
  type Run,
} from '../../../src/zoo/device-record.ts';
import { packRecord, recordCsv, unpackRecord } from '../../../src/zoo/device-share.ts';
import { models } from '../../../src/zoo/models.ts';
import { timedVariants, twoTerms } from '../../../src/zoo/timing.ts';

const EMPTY: DeviceRecord = {
  schema: 1,
  date: '2026-01-31',
  name: 'the old laptop',
  gpu: 'ANGLE (a GPU)',
  cores: 8,
  software: 'Chrome 150',
  runs: [],
  refusals: [],
};

const run = (id: string, medianMs: number, way = 'wasm'): Run => {
  const stages = [0.5, 1, 2, 3, 1, 0.1];
  return { id, way, firstMs: medianMs * 1.5, medianMs, passes: 20, stages };
};

describe('the fit', () => {
  const rates = { acts: 2e-6, flops: 3e-8, layers: 0.02 };

  test('finds the rates that times were made of', () => {
    const fit = fitTimes(RUNGS.map(({ costs }) => ({ ...costs, ms: predictedMs(rates, costs) })));
    expect(fit?.acts).toBeCloseTo(rates.acts, 12);
    expect(fit?.flops).toBeCloseTo(rates.flops, 14);
    expect(fit?.layers).toBeCloseTo(rates.layers, 8);
    expect(fit?.worst).toBeLessThan(1e-9);
    expect(fit?.unseen).toBeLessThan(1e-9);
  });

  test('has no rate below zero, even where that would be nearer', () => {
    const made = { ...rates, layers: -0.05 };
    const samples = RUNGS.map(({ costs }) => ({ ...costs, ms: predictedMs(made, costs) }));
    expect(samples.every(({ ms }) => ms > 0)).toBe(true);
    const fit = fitTimes(samples);
    expect(fit?.layers).toBe(0);
    expect(Math.min(fit?.acts ?? -1, fit?.flops ?? -1)).toBeGreaterThanOrEqual(0);
  });

  test('of the published times is no worse than the sum of two terms', () => {
    const samples = timedVariants().map(({ model, ms }) => ({
      ...timeCosts(networkOf(model.design).layers),
      ms,
    }));
    const fit = fitTimes(samples);
    expect(fit?.mean).toBeLessThan(twoTerms().worst);
    expect(fit?.unseen).toBeGreaterThan(fit?.mean ?? Infinity);
  });

  test('needs as many networks as it has terms', () => {
    expect(fitTimes(RUNGS.slice(0, 2).map(({ costs }) => ({ ...costs, ms: 1 })))).toBeNull();
  });
});

describe('the record', () => {
  test('goes up the ladder by cost, past what is timed or refused', () => {
    const ids = RUNGS.map(({ id }) => id);
    expect(ids).toEqual(models.map(({ id }) => id));
    expect(nextRung(EMPTY, ids, ['webgl', 'wasm'])).toEqual({ id: 'regnetx_002', way: 'webgl' });
    const timed = withRun(EMPTY, run('regnetx_002', 5, 'webgl'), '2026-02-01');
    expect(timed.date).toBe('2026-02-01');
    expect(nextRung(timed, ids, ['webgl', 'wasm'])).toEqual({ id: 'regnetx_002', way: 'wasm' });
    const refused = withRefusal(timed, { id: 'regnetx_002', way: 'wasm', why: 'No.' });
    expect(nextRung(refused, ids, ['webgl', 'wasm'])).toEqual({ id: 'regnetx_004', way: 'webgl' });
    expect(nextRung(refused, ['regnetx_002'], ['webgl', 'wasm'])).toBeNull();
    const again = withRun(refused, run('regnetx_002', 4), '2026-02-02');
    expect(again.refusals).toEqual([]);
  });

  test('has the twelve in order of cost', () => {
    const flops = RUNGS.map(({ costs }) => costs.flops);
    expect(flops).toHaveLength(12);
    expect(flops).toEqual(flops.toSorted((a, b) => a - b));
  });

  test('expects by the fit, before by proportion, at first nothing', () => {
    const [first, last] = [RUNGS[0]?.costs, RUNGS.at(-1)?.costs];
    if (!first || !last) throw new Error('There are no variants.');
    expect(expectedMs(EMPTY, 'wasm', last)).toBeNull();
    const one = withRun(EMPTY, run('regnetx_002', 5), EMPTY.date);
    expect(expectedMs(one, 'wasm', last)).toBeCloseTo((5 * last.flops) / first.flops, 6);
    const four = ['regnetx_004', 'regnetx_006', 'regnetx_008'].reduce(
      (record, id, i) => withRun(record, run(id, 8 + 4 * i), EMPTY.date),
      one,
    );
    const fit = fitOf(four, 'wasm');
    if (!fit) throw new Error('Four networks give no fit.');
    expect(expectedMs(four, 'wasm', last)).toBe(predictedMs(fit, last));
    expect(fitOf(four, 'webgl')).toBeNull();
  });
});

describe('the address', () => {
  const full = RUNGS.reduce(
    (record, { id }, i) =>
      ['webgl', 'webgl-float16', 'wasm'].reduce(
        (all, way, k) => withRun(all, run(id, 7.5 + i * 3 + k, way), EMPTY.date),
        record,
      ),
    withRefusal(EMPTY, { id: 'regnetx_320', way: 'cpu', why: 'It takes more than 30 s.' }),
  );
  const packed = (value: unknown) =>
    `z${deflateRawSync(JSON.stringify(value)).toString('base64url')}`;

  test('carries a whole result, and is no longer than a chat allows', async () => {
    const text = await packRecord(full);
    expect(text).toMatch(/^[\w-]+$/);
    expect(text.length).toBeLessThan(2000);
    expect(await unpackRecord(text)).toEqual(full);
  });

  test.each([
    ['cut', async () => (await packRecord(full)).slice(0, -9), 'cut or altered'],
    ['no such thing', () => 'z%%%', 'cut or altered'],
    ['empty', () => '', 'newer page'],
    ['of a newer page', () => packed({ ...full, schema: 2 }), 'version 2'],
    ['of another zoo', () => packed({ ...full, runs: [run('resnet50', 1)] }), 'variant resnet50'],
    ['not a time', () => packed({ ...full, runs: [run('regnetx_002', -1)] }), 'medianMs|firstMs'],
    ['a way of its own', () => packed({ ...full, runs: [run('regnetx_002', 1, '<b>')] }), 'way'],
    ['a bomb', () => packed({ ...full, name: 'a'.repeat(5e6) }), 'larger than any'],
    ['no list', () => packed({ ...full, runs: 7 }), 'runs is no list'],
  ])('that is %s is refused in a sentence', async (_, text, why) => {
    const refused = unpackRecord(await text());
    await expect(refused).rejects.toThrow(RangeError);
    await expect(refused).rejects.toThrow(new RegExp(why));
    await expect(refused).rejects.toThrow(/Ask for the address again\.$/);
  });

  test('has a CSV beside it that says the same', () => {
    const [head = '', ...rows] = recordCsv(full).trim().split('\n');
    expect(head).toContain('"median, ms"');
    expect(rows).toHaveLength(3 * 12 + 1);
    expect(rows[0]).toBe('regnetx_002,webgl,11.25,7.5,20,0.5,1,2,3,1,0.1,');
    expect(rows.at(-1)).toBe('regnetx_320,cpu,,,,,,,,,,It takes more than 30 s.');
  });

  test('reads nothing but records', () => {
    expect(() => readDeviceRecord([])).toThrow('the result is no object');
    expect(() => readDeviceRecord({ ...EMPTY, cores: 1.5 })).toThrow('cores');
  });
});
