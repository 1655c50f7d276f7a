import { describe, expect, test } from 'vitest';
import { fitRegNetX, readCheckpoint, toFloat32 } from '../../../src/checkpoints/index.ts';
import { models } from '../../../src/zoo/models.ts';
import { checkpointFixture, FILES, fixture } from './fixtures.ts';

const reference = checkpointFixture('timm.safetensors');
/** Code bases whose networks take BGR: their stems come out flipped. */
const BGR: readonly string[] = ['pycls', 'mmpretrain'];

/** A [cout, 3, 3, 3] filter with its input channels in reverse. */
function flipped(stem: Float32Array): Float32Array {
  return stem.map((_, i) => {
    const [filter, channel, tap] = [Math.floor(i / 27), Math.floor(i / 9) % 3, i % 9];
    return stem[filter * 27 + (2 - channel) * 9 + tap] ?? 0;
  });
}

describe.each(FILES)('$name', ({ name, container, scheme }) => {
  const bytes = fixture(`checkpoints/${name}`);
  const checkpoint = readCheckpoint(bytes);

  test('container, naming and channel order are recognised', () => {
    expect(checkpoint).toMatchObject({
      container,
      scheme,
      sourceChannelOrder: BGR.includes(scheme) ? 'BGR' : 'RGB',
    });
    expect(checkpoint.strangers.size).toBe(0);
  });

  test('every tensor has the values of the reference', () => {
    expect([...checkpoint.tensors.keys()].sort()).toEqual([...reference.tensors.keys()].sort());
    for (const [key, tensor] of checkpoint.tensors) {
      const expected = reference.tensors.get(key);
      if (!expected) throw new Error(`The reference lacks ${key}.`);
      expect(tensor.shape, key).toEqual(expected.shape);
      const isStem = key === 'stem.conv.weight';
      const values =
        isStem && BGR.includes(scheme) ? flipped(toFloat32(tensor)) : toFloat32(tensor);
      const wanted = toFloat32(expected);
      if (name.includes('fp16')) {
        expect(values, key).toEqual(Float32Array.from(new Float16Array(wanted)));
      } else expect(values, key).toEqual(wanted);
    }
  });

  test('the network is read off the shapes', () => {
    expect(fitRegNetX(checkpoint, models)).toMatchObject({
      stages: [
        { width: 16, depth: 1, groups: 2, groupWidth: 8 },
        { width: 32, depth: 3, groups: 4, groupWidth: 8 },
        { width: 72, depth: 2, groups: 9, groupWidth: 8 },
      ],
      classes: 10,
      params: 49450,
      design: null,
      mismatches: [],
    });
  });

  test('nothing is copied: every tensor looks at the bytes of the file', () => {
    for (const { storage } of checkpoint.tensors.values())
      expect(storage.bytes.buffer).toBe(bytes.buffer);
  });
});

test('a file in the middle of a larger buffer, at an odd byte, reads the same', () => {
  const bytes = fixture('checkpoints/torchvision-zip.pth');
  const larger = new Uint8Array(bytes.length + 8);
  larger.set(bytes, 3);
  const { tensors } = readCheckpoint(larger.subarray(3, 3 + bytes.length));
  const fc = tensors.get('head.fc.weight');
  const expected = reference.tensors.get('head.fc.weight');
  expect(fc && toFloat32(fc)).toEqual(expected && toFloat32(expected));
});

test('the channel order can be told, where it is known better', () => {
  const bytes = fixture('checkpoints/pycls-zip.pyth');
  const { tensors, sourceChannelOrder } = readCheckpoint(bytes, { channelOrder: 'RGB' });
  const stem = tensors.get('stem.conv.weight');
  const expected = reference.tensors.get('stem.conv.weight');
  expect(sourceChannelOrder).toBe('RGB');
  expect(stem && toFloat32(stem)).toEqual(expected && toFloat32(expected));
});
