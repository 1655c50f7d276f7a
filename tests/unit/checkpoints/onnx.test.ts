/** ONNX files in ONNX Runtime: the same logits as PyTorch's, in any number and size. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as ort from 'onnxruntime-web';
import { describe, expect, test } from 'vitest';
import {
  onnxInPieces,
  requireFit,
  usualPreprocessing,
  type Checkpoint,
  type Preprocessing,
} from '../../../src/checkpoints/index.ts';
import { join } from '../../../src/checkpoints/onnx/protobuf.ts';
import { Storage, Tensor } from '../../../src/checkpoints/tensor.ts';
import golden from '../../fixtures/checkpoints/golden.json' with { type: 'json' };
import { checkpoint, inTemporaryFolder, regnetx, regnetxJson, WEIGHTS } from '../cli/run.ts';
import { checkpointFixture, FILES } from './fixtures.ts';

ort.env.wasm.numThreads = 1;

const [pictures = 0, channels = 0, side = 0] = golden.input.shape;

function onnxOf(from: Checkpoint, preprocessing: Preprocessing = usualPreprocessing('timm')) {
  return join([...onnxInPieces(from, requireFit(from, []), { preprocessing })]);
}

async function logitsOf(model: Uint8Array, data: Float32Array, shape: readonly number[]) {
  const session = await ort.InferenceSession.create(model);
  try {
    expect([session.inputNames, session.outputNames]).toEqual([['image'], ['logits']]);
    const { logits } = await session.run({ image: new ort.Tensor('float32', data, shape) });
    return { shape: logits?.dims, values: logits?.data as Float32Array };
  } finally {
    await session.release();
  }
}

/** The golden's input in RGB, whichever order its network took. */
function goldenInput(order: 'RGB' | 'BGR'): Float32Array {
  const pixels = side * side;
  return Float32Array.from(golden.input.data, (value, i) => {
    if (order === 'RGB') return value;
    const [plane, at] = [Math.floor(i / pixels), i % pixels];
    const [picture, channel] = [Math.floor(plane / channels), plane % channels];
    return golden.input.data[(picture * channels + channels - 1 - channel) * pixels + at] ?? NaN;
  });
}

const worst = (a: ArrayLike<number>, b: readonly number[]): number =>
  Math.max(...b.map((value, i) => Math.abs(value - (a[i] ?? NaN))));

/** The strings of a file's metadata, found by their fields: key is 1, value 2, both short. */
function metadataOf(model: Uint8Array, key: string): string | undefined {
  const bytes = Buffer.from(model);
  const at = bytes.indexOf(Buffer.concat([Buffer.from([10, key.length]), Buffer.from(key)]));
  if (at < 0) return undefined;
  const value = at + 2 + key.length;
  return bytes.subarray(value + 2, value + 2 + (bytes[value + 1] ?? 0)).toString();
}

test.each(FILES)("$name gives PyTorch's logits in ONNX Runtime", async ({ name, scheme }) => {
  const from = checkpointFixture(name);
  const model = onnxOf(from);
  const { shape, values } = await logitsOf(
    model,
    goldenInput(from.sourceChannelOrder),
    golden.input.shape,
  );
  expect(shape).toEqual([pictures, golden.logits[0]?.length]);
  expect(worst(values, golden.logits.flat())).toBeLessThan(name.includes('fp16') ? 5e-3 : 1e-4);
  expect(metadataOf(model, 'source_naming')).toBe(scheme);
  expect(metadataOf(model, 'source_channel_order')).toBe(from.sourceChannelOrder);
});

describe('one file', () => {
  const from = checkpointFixture('timm.safetensors');
  const model = onnxOf(from);

  test('takes any number of pictures, of any size', async () => {
    const one = goldenInput('RGB').subarray(0, channels * side * side);
    const alone = await logitsOf(model, one, [1, channels, side, side]);
    expect(worst(alone.values, golden.logits[0] ?? [])).toBeLessThan(1e-4);
    const large = await logitsOf(model, new Float32Array(5 * 3 * 96 * 70), [5, 3, 96, 70]);
    expect(large.shape).toEqual([5, 10]);
    expect(large.values.every(Number.isFinite)).toBe(true);
  });

  test('says which operators it takes, and how its input is made', () => {
    const told = onnxOf(from, { ...usualPreprocessing('timm'), std: [0.5, 0.25, 1], resize: 232 });
    const keys = ['opset', 'channel_order', 'mean', 'std', 'resize', 'preprocessing_from'];
    expect(keys.map((key) => metadataOf(told, key))).toEqual([
      ...['12', 'RGB', '[0.485,0.456,0.406]', '[0.5,0.25,1]', '232', 'assumption'],
    ]);
  });

  test('is the same bytes every time', () => {
    expect(onnxOf(from)).toEqual(model);
  });

  test('is not written with a weight that is no number', () => {
    const tensors = new Map(from.tensors);
    const bias = tensors.get('head.fc.bias');
    const values = new Float32Array(bias?.shape[0] ?? 0).fill(NaN);
    const storage = new Storage('F32', new Uint8Array(values.buffer));
    tensors.set('head.fc.bias', new Tensor(storage, [values.length]));
    expect(() => onnxOf({ ...from, tensors })).toThrow(/head\.fc\.bias holds a value that is no/);
  });
});

describe('regnetx convert --to onnx', () => {
  test('writes what the reader makes, with the description beside the file', () =>
    inTemporaryFolder(async (folder) => {
      const out = path.join(folder, 'out.onnx');
      const trained = path.join(WEIGHTS, 'regnetx_002.tiny-imagenet-200.pth');
      const report = await regnetxJson<object>('convert', trained, '-o', out, '--to', 'onnx');
      const bytes = readFileSync(out);
      expect(report).toMatchObject({ to: 'onnx', variant: 'regnetx_002', bytes: bytes.length });
      expect(metadataOf(bytes, 'preprocessing_from')).toBe('description');
      expect(metadataOf(bytes, 'crop')).toBe('128');
      expect(metadataOf(bytes, 'architecture')).toBe('regnetx_002');
      const { shape } = await logitsOf(bytes, new Float32Array(2 * 3 * 64 * 64), [2, 3, 64, 64]);
      expect(shape).toEqual([2, 200]);
    }));

  test.each([
    [['--to', 'onnx'], 'Say where to write with -o OUT.onnx.'],
    [['--to', 'onnx', '-o', 'x', '--dtype', 'f16'], 'ONNX is written in float32;'],
    [['--to', 'tflite', '-o', 'x'], '--to must be safetensors or onnx, not tflite.'],
  ])('%j is refused with a sentence', async (args, sentence) => {
    const { code, stderr } = await regnetx(['convert', checkpoint('timm.safetensors'), ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
  });
});
