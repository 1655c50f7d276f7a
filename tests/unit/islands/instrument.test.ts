import { describe, expect, test } from 'vitest';
import {
  differenceOf,
  limitOf,
  paintSigned,
  placeOf,
} from '../../../src/charts/class-map/geometry.ts';
import type { Prediction } from '../../../src/engine/types.ts';
import { keptOf, textOf } from '../../../src/islands/instrument/keep.ts';
import { countChanges } from '../../../src/islands/instrument/laboratory.ts';
import { protocolsFor } from '../../../src/islands/instrument/protocols.ts';
import { steadied, type Steady } from '../../../src/islands/instrument/steady.ts';
import { sha256Of } from '../../../src/threads/hash.ts';

const PREPROCESSING = {
  resize: 128,
  crop: 128,
  interpolation: 'bilinear' as const,
  channelOrder: 'RGB' as const,
  mean: [0.485, 0.456, 0.406] as [number, number, number],
  std: [0.229, 0.224, 0.225] as [number, number, number],
};

/** Frames one after another, each the probabilities of classes 0, 1, 2 … */
function after(frames: readonly (readonly number[])[]): Steady | null {
  return frames.reduce<Steady | null>((state, probabilities) => {
    const predictions = probabilities.map((probability, index): Prediction => ({
      index,
      probability,
    }));
    return steadied(
      state,
      predictions.toSorted((a, b) => b.probability - a.probability),
    );
  }, null);
}

describe('the answers to a camera', () => {
  test('do not change places while two classes are nearly even', () => {
    const even = [
      [0.4, 0.39, 0.1],
      [0.39, 0.4, 0.1],
    ];
    for (let frames = 1; frames < 12; frames++) {
      const shown = Array.from({ length: frames }, (_, i) => even[i % 2] ?? []);
      expect(after(shown)?.order.slice(0, 2)).toEqual([0, 1]);
    }
  });

  test('do when another one leads clearly, after a few frames', () => {
    const changed = [[0.8, 0.1], ...Array.from({ length: 8 }, () => [0.1, 0.8])];
    expect(after(changed.slice(0, 2))?.order[0]).toBe(0);
    expect(after(changed)?.order).toEqual([1, 0]);
    expect(after(changed)?.means.get(1)).toBeGreaterThan(0.6);
  });

  test('are five at most, the first frame’s as they are, and what is gone is forgotten', () => {
    const first = after([[0.05, 0.3, 0.2, 0.1, 0.15, 0.12, 0.08]]);
    expect(first?.order).toEqual([1, 2, 4, 5, 3]);
    expect(first?.means.get(1)).toBe(0.3);
    const gone = after([[0.9, 0], ...Array.from({ length: 60 }, () => [0, 0.9])]);
    expect([...(gone?.means.keys() ?? [])]).toEqual([1]);
  });
});

describe('the protocols of the laboratory', () => {
  const ids = (own = PREPROCESSING) => protocolsFor(own).map(({ id }) => id);

  test('begin with the checkpoint’s own and leave out what is the same', () => {
    expect(ids()[0]).toBe('own');
    expect(new Set(ids()).size).toBe(ids().length);
    expect(ids()).toContain('256-bilinear');
    expect(ids({ ...PREPROCESSING, resize: 256, crop: 224 })).not.toContain('256-bilinear');
  });

  test('keep the network’s resolution, and show as much of the picture as at 224 px', () => {
    for (const { protocol } of protocolsFor(PREPROCESSING)) {
      expect(protocol.preprocessing.crop).toBe(128);
      expect(protocol.preprocessing.resize).toBeGreaterThanOrEqual(128);
    }
    const scaled = protocolsFor(PREPROCESSING).find(({ id }) => id === '256-bilinear');
    expect(scaled?.protocol.preprocessing.resize).toBe(146);
  });

  test('change as many samples as answer otherwise', async () => {
    const pictures = ['a', 'b', 'c'].map((text) => new Blob([text]));
    const told: Record<string, number> = {};
    await countChanges(
      {
        // The second and third picture are told apart by colour alone.
        classifyUnder: async (picture, { preprocessing }) => {
          const text = picture instanceof Blob ? await picture.text() : '';
          const index = preprocessing.channelOrder === 'BGR' && text !== 'a' ? 9 : 1;
          const crop = { width: 0, height: 0, data: new Uint8ClampedArray() };
          return { crop, predictions: [{ index, probability: 1 }] };
        },
      },
      pictures,
      protocolsFor(PREPROCESSING),
      (id, changed) => {
        told[id] = changed;
      },
      new AbortController().signal,
    );
    expect(told.swapped).toBe(2);
    expect(told.squashed).toBe(0);
    expect(Object.keys(told)).not.toContain('own');
  });
});

describe('a class map', () => {
  const map = { width: 3, height: 2, values: Float32Array.of(0, -4, 1, 0, 2, 0) };

  test('has one colour above zero and another below, the stronger the more opaque', () => {
    expect(limitOf(map.values)).toBe(4);
    const { data } = paintSigned(map, 4);
    const [nothing, against, weak] = [0, 1, 2].map((place) => [
      ...data.slice(place * 4, place * 4 + 4),
    ]);
    expect(nothing?.[3]).toBe(0);
    expect(against?.slice(0, 3)).not.toEqual(weak?.slice(0, 3));
    expect(against?.[3]).toBeGreaterThan(weak?.[3] ?? 255);
  });

  test('says where its peak is, and differs from another place by place', () => {
    expect(placeOf(map)).toBe('bottom');
    expect(placeOf({ ...map, values: Float32Array.of(9, 0, 0, 0, 0, 0) })).toBe('top left');
    expect([...differenceOf(Float32Array.of(3, 1), Float32Array.of(1, 4))]).toEqual([2, -3]);
  });
});

test('a result as text names classes, checkpoint, protocol and device', async () => {
  const kept = keptOf({
    page: 'https://example.org/',
    checkpoint: { id: 'some.id', variant: 'regnetx_002', sha256: 'ab'.repeat(32) },
    picture: { name: 'A cup', sha256: await sha256Of(new TextEncoder().encode('abc')) },
    protocol: PREPROCESSING,
    device: { backend: 'wasm', gpu: null, precision: 'float32', userAgent: '' },
    firstMs: 1,
    predictions: [{ index: 1, label: 'espresso', probability: 0.966 }],
    probabilities: [0.034, 0.966],
  });
  expect(textOf(kept)).toBe(
    'A cup\n 96.6%  espresso\n\nsome.id (SHA-256 abababababab…)\n' +
      'Shorter side to 128 px, bilinear, centre 128 px, RGB\n' +
      'wasm, the processor, float32\nhttps://example.org/\n',
  );
  // FIPS 180-4's first example.
  expect(kept.picture.sha256).toMatch(/^ba7816bf8f01cfea/);
});
