import { describe, expect, test } from 'vitest';
import { SCHEMES, type SchemeId } from '../../../src/checkpoints/index.ts';
import { namerOf } from '../../../src/checkpoints/naming.ts';
import { networksIn } from '../../../src/checkpoints/network-names.ts';
import { parametersOf } from '../../../src/checkpoints/parameters.ts';
import { networkOf } from '../../../src/regnet/index.ts';
import { models } from '../../../src/zoo/models.ts';

const schemes = Object.keys(SCHEMES) as SchemeId[];

/** The scheme of names, whatever stands under them. */
const schemeOf = (names: readonly string[]): SchemeId | undefined =>
  networksIn(new Map(names.map((name) => [name, null])))[0]?.scheme;

describe.each(schemes)('%s', (scheme) => {
  const { toTimm, fromTimm } = namerOf(scheme);

  test.each(models)('every tensor of $id goes there and back', ({ design }) => {
    const names = networkOf(design)
      .layers.flatMap(parametersOf)
      .map(({ name }) => name);
    const theirs = names.map((name) => fromTimm(name) ?? `no name for ${name}`);
    expect(new Set(theirs).size).toBe(names.length);
    expect(theirs.map(toTimm)).toEqual(names);
    expect(schemeOf(theirs)).toBe(scheme);
  });

  test('names of no RegNetX are not renamed', () => {
    for (const name of ['', '.', 'weight', 'features.0.weight', 'trunk_output.block1.weight'])
      expect(toTimm(name)).toBeUndefined();
  });
});

/** As they stand in files that each code base publishes. */
test.each([
  [
    'torchvision',
    'trunk_output.block3.block3-0.proj.1.running_var',
    's3.b1.downsample.bn.running_var',
  ],
  ['pycls', 's4.b7.f.b_bn.bias', 's4.b7.conv2.bn.bias'],
  ['pycls', 's1.b1.bn.weight', 's1.b1.downsample.bn.weight'],
  ['d-li14', 'layer2.0.downsample.0.weight', 's2.b1.downsample.conv.weight'],
  ['mmpretrain', 'backbone.layer4.11.conv3.weight', 's4.b12.conv3.conv.weight'],
  [
    'transformers',
    'regnet.encoder.stages.0.layers.0.shortcut.normalization.bias',
    's1.b1.downsample.bn.bias',
  ],
  ['transformers', 'classifier.1.bias', 'head.fc.bias'],
] as const)('%s calls %s what timm calls %s', (scheme, theirs, timm) => {
  expect(namerOf(scheme).toTimm(theirs)).toBe(timm);
  expect(namerOf(scheme).fromTimm(timm)).toBe(theirs);
});

test('a stage that contradicts itself is no name', () => {
  expect(
    namerOf('torchvision').toTimm('trunk_output.block3.block2-0.f.a.0.weight'),
  ).toBeUndefined();
});

test('names of another network belong to no scheme', () => {
  expect(schemeOf(['features.0.weight', 'classifier.6.bias'])).toBeUndefined();
});
