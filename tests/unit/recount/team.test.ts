import { describe, expect, test } from 'vitest';
import { createNetwork } from '../../../src/engine/network.ts';
import { openCopies } from '../../../src/cli/recount/copy/open.ts';
import { copiesOf, openTeam, toSend, weightBytesOf, type Copy } from '../../../src/recount/team.ts';
import { layersOf, networkOf } from '../../../src/regnet/index.ts';
import { modelOf } from '../../../src/zoo/models.ts';
import { seededWeights } from '../../seeded.ts';

const MB = 1e6;
const SIDE = 32;
const CLASSES = 10;

function layersAt(variant: string, side = SIDE, classes = CLASSES) {
  return layersOf(networkOf(modelOf(variant).design).stages, side, classes);
}

describe('the number of copies', () => {
  const copies = (weightBytes: number, cores: number, backend: 'wasm' | 'webgl' = 'wasm') =>
    copiesOf({ backend, weightBytes, cores });

  test('is one a core as long as their weights take 256 MB at most', () => {
    expect([1, 2, 8, 16].map((cores) => copies(10.7 * MB, cores))).toEqual([1, 2, 8, 16]);
    expect([128, 129].map((size) => copies(size * MB, 2))).toEqual([2, 1]);
  });

  test('is less than the cores where most have one, and one where few had', () => {
    expect(copies(50 * MB, 8)).toBe(5);
    expect(copies(80 * MB, 8)).toBe(1);
    expect(copies(430 * MB, 2)).toBe(1);
  });

  test('is one on a graphics processor', () => {
    expect(copiesOf({ backend: 'webgl', weightBytes: MB, cores: 8 })).toBe(1);
    expect(copiesOf({ backend: 'webgpu', weightBytes: MB, cores: 8 })).toBe(1);
    expect(copiesOf({ backend: 'cpu', weightBytes: MB, cores: 8 })).toBe(8);
  });
});

/** A copy that notes what it is asked and answers when it is told to. */
function copyOf(log: string[], name: string) {
  const answers: PromiseWithResolvers<Float32Array>[] = [];
  const copy: Copy = {
    probabilities: (pixels) => {
      log.push(`${name} ${pixels.join()}`);
      const answer = Promise.withResolvers<Float32Array>();
      answers.push(answer);
      return answer.promise;
    },
    stop: () => log.push(`${name} stops`),
  };
  return { copy, answers };
}

describe('a team', () => {
  const layers = layersAt('regnetx_002');
  const weights = seededWeights(layers, 1);
  const none = () => Promise.reject(new Error('Nobody wanted one alone.'));

  test('gives a batch to the first copy that is idle', async () => {
    const log: string[] = [];
    const [a, b] = [copyOf(log, 'a'), copyOf(log, 'b')];
    const waiting = [a, b];
    const start = () => Promise.resolve(waiting.shift()?.copy ?? a.copy);
    const team = await openTeam({ layers, weights, backend: 'wasm' }, 2, start, none);
    expect([team.copies, team.passes]).toEqual([2, 3]);
    const asked = [1, 2, 3, 4].map((n) => team.probabilities(Float32Array.of(n), 1));
    await Promise.resolve();
    expect(log).toEqual(['a 1', 'b 2']);
    b.answers[0]?.resolve(Float32Array.of(20));
    expect(await asked[1]).toEqual(Float32Array.of(20));
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual(['a 1', 'b 2', 'b 3']);
    // Who failed takes the next one all the same.
    a.answers[0]?.reject(new Error('No memory.'));
    await expect(asked[0]).rejects.toThrow('No memory.');
    await new Promise((resolve) => setImmediate(resolve));
    a.answers[1]?.resolve(Float32Array.of(40));
    expect(await asked[3]).toEqual(Float32Array.of(40));
    b.answers[1]?.resolve(Float32Array.of(30));
    expect(await asked[2]).toEqual(Float32Array.of(30));
    team.dispose();
    expect(log.slice(3)).toEqual(['a 4', 'a stops', 'b stops']);
  });

  test('is one network where a copy cannot be started, and leaves no other', async () => {
    const log: string[] = [];
    let started = 0;
    const team = await openTeam(
      { layers, weights, backend: 'cpu' },
      2,
      () =>
        started++ === 0
          ? Promise.resolve(copyOf(log, 'a').copy)
          : Promise.reject(new Error('This browser has no more threads.')),
      () => createNetwork(layers, weights, 'cpu'),
    );
    expect([team.backend, team.copies, team.passes]).toEqual(['cpu', 1, 1]);
    expect(log).toEqual(['a stops']);
    team.dispose();
  });
});

describe('weights on their way to a thread', () => {
  test('take four bytes a parameter of the folded network', () => {
    const layers = layersAt('regnetx_002', 224, 1000);
    const values = [...toSend({ layers, weights: seededWeights(layers, 1) }).values()];
    expect(weightBytesOf(layers)).toBe(
      values.reduce((sum, { weight, bias }) => sum + weight.byteLength + bias.byteLength, 0),
    );
  });

  test('bring nothing of the file along that they are a part of', () => {
    const layers = layersAt('regnetx_002').slice(0, 1);
    const file = new Float32Array(10_000);
    const [stem] = layers;
    const parts = { weight: file.subarray(5, 869), bias: file.subarray(1000, 1032) };
    const weights = new Map([[stem?.name ?? '', parts]]);
    const sent = toSend({ layers, weights }).get(stem?.name ?? '');
    expect(sent).toEqual(parts);
    expect(sent?.weight.buffer.byteLength).toBe(864 * 4);
    expect(sent?.bias.buffer.byteLength).toBe(32 * 4);
  });
});

test('copies in threads of Node answer as one network on all threads does', async () => {
  const layers = layersAt('regnetx_002');
  const weights = seededWeights(layers, 1);
  const one = await createNetwork(layers, weights, 'wasm', { threads: 2 });
  const team = await openCopies(layers, weights, 2);
  expect(team.copies).toBe(2);
  const batches = [1, 2, 3].map((seed) =>
    Float32Array.from({ length: 3 * SIDE * SIDE * 3 }, (_, i) => Math.sin(seed * i)),
  );
  const answers = await Promise.all(batches.map((pixels) => team.probabilities(pixels, 3)));
  for (const [i, pixels] of batches.entries())
    expect(answers[i]).toEqual(await one.probabilities(pixels, 3));
  await expect(team.probabilities(new Float32Array(3), 1)).rejects.toThrow(
    'The input must be 1 x 32 x 32 x 3 = 3072 numbers, not 3',
  );
  // It counts on.
  expect(await team.probabilities(batches[0] ?? new Float32Array(), 3)).toEqual(answers[0]);
  one.dispose();
  team.dispose();
});
