import { describe, expect, test } from 'vitest';
import { convert, readCheckpoint, requireFit } from '../../../src/checkpoints/index.ts';
import { readWhole } from '../../../src/threads/blob.ts';
import { rewrite } from '../../../src/islands/inspector/reader/file.ts';
import { reportOf } from '../../../src/checkpoints/report.ts';
import { stagesOf } from '../../../src/regnet/index.ts';
import { models } from '../../../src/zoo/models.ts';
import { FILES, fixture } from './fixtures.ts';

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

describe.each(FILES)('$name', ({ name, container, scheme }) => {
  const bytes = fixture(`checkpoints/${name}`);
  const report = reportOf(bytes, models);

  test('is told for what it is', () => {
    expect(report).toMatchObject({
      bytes: bytes.length,
      container,
      scheme: { id: scheme },
      channelOrder: scheme === 'pycls' || scheme === 'mmpretrain' ? 'BGR' : 'RGB',
      problem: null,
      network: { variant: null, classes: 10, params: 49450, inferred: true },
    });
    const { design, stages } = report.network ?? {};
    expect(design && stagesOf(design)).toEqual(stages);
  });

  test('every tensor is measured', () => {
    for (const { name: tensor, elements, shape, counts, nonFinite } of report.tensors) {
      expect(elements, tensor).toBe(shape.reduce((a, b) => a * b, 1));
      expect(nonFinite, tensor).toBe(0);
      expect(
        counts.reduce((a, b) => a + b, 0),
        tensor,
      ).toBe(elements);
    }
    const fc = report.tensors.find(({ timm }) => timm === 'head.fc.weight');
    expect(fc?.shape).toEqual([10, report.network?.stages.at(-1)?.width]);
  });

  test.each(['f16', 'f32'] as const)('rewritten as %s it is what convert gives', async (dtype) => {
    const checkpoint = readCheckpoint(bytes);
    const expected = convert(checkpoint, requireFit(checkpoint, models), { dtype });
    expect(await bytesOf(rewrite(bytes, { dtype, known: models }))).toEqual(
      new Uint8Array(expected),
    );
  });
});

test('a variant of the family is recognised, with its published design', () => {
  const report = reportOf(fixture('weights/regnetx_002.tiny-imagenet-200.pth'), models);
  expect(report.network).toMatchObject({
    variant: 'regnetx_002',
    classes: 200,
    inferred: false,
    design: models[0]?.design,
  });
});

test('what does not fit is listed, and the tensors are there all the same', () => {
  const source = readCheckpoint(fixture('checkpoints/timm.safetensors'));
  const fit = requireFit(source, []);
  const bytes = convert(source, fit, { dtype: 'f32' });
  // One letter of the header: the tensor's own name is gone.
  const at = Buffer.from(bytes.buffer).indexOf('"s2.b1.conv3.conv.weight"');
  bytes[at + 1] = 't'.charCodeAt(0);
  const { problem, tensors, network } = reportOf(bytes, []);
  expect(problem).toMatchObject({
    code: 'misfit',
    mismatches: [
      { name: 's2.b1.conv3.conv.weight', found: null },
      { name: 't2.b1.conv3.conv.weight', expected: null },
    ],
  });
  expect(tensors.find(({ name }) => name === 't2.b1.conv3.conv.weight')?.timm).toBeNull();
  expect(network?.classes).toBe(10);
});

test('a hostile file throws and reports nothing', () => {
  expect(() => reportOf(fixture('checkpoints/hostile.pth'), models)).toThrow(/refused/);
});

test('a file is read whole, in slices, and tells how far it is', async () => {
  const bytes = new Uint8Array(20_000_000).map((_, i) => i % 251);
  const told: number[] = [];
  const read = await readWhole(new Blob([bytes]), (n) => told.push(n));
  expect(Buffer.compare(read, bytes)).toBe(0);
  expect(told).toEqual([8_388_608, 16_777_216, 20_000_000]);
});

test('a file beyond all sense is refused before a byte is read', async () => {
  const huge = { size: 3e9 } as Blob;
  await expect(readWhole(huge)).rejects.toThrow(/^This file has 3\.0 GB/);
});
