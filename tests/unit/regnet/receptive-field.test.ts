import { describe, expect, it } from 'vitest';
import { networkOf, receptiveFields, stagesOf, type Layer } from '../../../src/regnet/index.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';

/** Pixels of a row that reach one number in the middle of a map, walked back kernel by kernel. */
function reached(layers: readonly Layer[], name: string): number {
  const layer = layers.find((l) => l.name === name);
  if (!layer) throw new Error(`There is no ${name}.`);
  const walk = ({ input, kernel, stride }: Layer, low: number, high: number): [number, number] => {
    const pad = (kernel - 1) / 2;
    const [a, b] = [low * stride - pad, high * stride + pad];
    const before = layers.find((l) => l.name === input);
    return before ? walk(before, a, b) : [a, b];
  };
  const [low, high] = walk(layer, 0, 0);
  return high - low + 1;
}

describe('receptive fields', () => {
  it('agree with a worked example', () => {
    // 200MF, 1-1-4-7 blocks: stem 3; +4 = 7; +8 = 15; +16 + 3 * 32 = 127; +32 + 6 * 64 = 543.
    const fields = receptiveFields(networkOf(modelOf('regnetx_002').design).layers);
    expect(fields.get('stem')).toEqual({ size: 3, stride: 2 });
    expect(fields.get('s1.b1.conv3')).toEqual({ size: 7, stride: 4 });
    expect(fields.get('s2.b1.conv3')).toEqual({ size: 15, stride: 8 });
    expect(fields.get('s3.b4.conv3')).toEqual({ size: 127, stride: 16 });
    expect(fields.get('s4.b7.conv3')).toEqual({ size: 543, stride: 32 });
  });

  it.each(models)('are what the kernels of $name reach, walked back', ({ design }) => {
    const { layers } = networkOf(design);
    const fields = receptiveFields(layers);
    expect(fields.size).toBe(layers.filter(({ op }) => op === 'conv').length);
    for (const [index, { depth }] of stagesOf(design).entries()) {
      const name = `s${index + 1}.b${depth}.conv3`;
      expect(fields.get(name)?.size).toBe(reached(layers, name));
    }
  });

  it('do not depend on the size of the picture', () => {
    const { design } = modelOf('regnetx_080');
    expect(receptiveFields(networkOf(design, 800).layers)).toEqual(
      receptiveFields(networkOf(design).layers),
    );
  });
});
