import { describe, expect, test } from 'vitest';
import type { Preprocessing } from '../../../src/checkpoints/description.ts';
import { namedProtocols, underProtocol } from '../../../src/recount/protocols.ts';
import { allSources } from '../../../src/zoo/all-sources.ts';

const protocols = namedProtocols(allSources);
const framingOf = (name: string) =>
  protocols.find((protocol) => protocol.name === name)?.framing ?? null;

describe('the sources’ protocols', () => {
  test('have names of their own, one for each that is stated', () => {
    const names = protocols.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'pycls',
        'timm-pycls',
        'torchvision-v1',
        'torchvision-v2',
        'mmpretrain',
        'keras',
      ]),
    );
    // d-li14 states neither size nor filter, so nothing can be repeated.
    expect(names).not.toContain('d-li14-seed');
  });

  test('are what the sources say', () => {
    expect(framingOf('pycls')).toEqual({
      resize: 256,
      crop: 224,
      interpolation: 'bilinear',
      antialias: false,
      cropOffset: 'half-up',
    });
    expect(framingOf('torchvision-v2')).toEqual({
      resize: 232,
      crop: 224,
      interpolation: 'bilinear',
    });
    expect(framingOf('timm-pycls')).toEqual({ resize: 256, crop: 224, interpolation: 'bicubic' });
  });

  test('frame pictures; the rest is the weights’ own', () => {
    const own: Preprocessing = {
      resize: 128,
      crop: 128,
      interpolation: 'bilinear',
      antialias: false,
      channelOrder: 'RGB',
      mean: [0.1, 0.2, 0.3],
      std: [1, 2, 3],
    };
    expect(underProtocol(own, null)).toBe(own);
    expect(underProtocol(own, framingOf('timm-pycls'))).toEqual({
      resize: 256,
      crop: 224,
      interpolation: 'bicubic',
      channelOrder: 'RGB',
      mean: [0.1, 0.2, 0.3],
      std: [1, 2, 3],
    });
  });
});
