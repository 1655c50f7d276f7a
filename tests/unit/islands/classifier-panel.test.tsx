/** The panel as it stands in the static page, before or without JavaScript. */
import render from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { Classifier } from '../../../src/islands/Classifier.tsx';
import type { OfficialWeights } from '../../../src/islands/classifier/official.ts';
import type { BundledCheckpoint } from '../../../src/checkpoints/description.ts';

const CHECKPOINT: BundledCheckpoint = {
  id: 'regnetx_002.tiny-imagenet-200',
  variant: 'regnetx_002',
  dataset: 'Tiny-ImageNet-200',
  labels: 'tiny-imagenet-200',
  classes: 200,
  preprocessing: {
    resize: 128,
    crop: 128,
    interpolation: 'bilinear',
    channelOrder: 'RGB',
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  accuracy: [
    { resolution: 64, top1: 23.62, top5: 47.6, pictures: 10_000 },
    { resolution: 128, top1: 49, top5: 74.42, pictures: 10_000 },
  ],
  training: 'SGD',
  licence: 'MIT',
  bundled: true,
  source: 'zoo',
  url: 'weights/regnetx_002.tiny-imagenet-200.safetensors',
  container: 'safetensors',
  naming: 'timm',
  dtype: 'f16',
  bytes: 4_990_000,
  sha256: '0'.repeat(64),
};

const OFFICIAL: OfficialWeights = {
  id: 'regnetx_002.pycls_in1k',
  label: 'timm',
  url: 'https://example.org/timm',
  bytes: 10_800_000,
  size: '10.8 MB',
  trainer: 'pycls',
  licence: 'MIT',
  meaning: {
    preprocessing: { ...CHECKPOINT.preprocessing, resize: 256, crop: 224 },
    labels: 'imagenet-1k',
  },
  memory: 30_000_000,
};

const panel = (checkpoint: BundledCheckpoint | null): string =>
  render(
    <Classifier
      base="/zoo"
      variant="regnetx_002"
      name="RegNetX-200MF"
      checkpoint={checkpoint}
      golden={null}
      official={[OFFICIAL]}
      protocols={[]}
      memory={16e6}
    />,
  );

describe('with weights that ship', () => {
  const html = panel(CHECKPOINT);

  test('says what it is in attributes', () => {
    expect(html).toContain('data-classifier');
    expect(html).toContain('data-state="idle"');
    expect(html).toContain('data-backend="webgl"');
    expect(html).toContain('data-checkpoint="regnetx_002.tiny-imagenet-200"');
  });

  test('offers the samples under the base path, those that the network knows first', () => {
    const names = [...html.matchAll(/data-sample="([\w-]+)"/g)].map(([, name]) => name);
    expect(names).toHaveLength(6);
    expect(names.slice(0, 3)).toEqual(['espresso-coffee', 'red-panda', 'alp-picos-de-europa']);
    expect(html).toContain('src="/zoo/samples/cat-chelsea-small.jpg"');
  });

  test('says plainly what runs and where the picture stays', () => {
    expect(html).toContain('Your picture never leaves this page.');
    expect(html).toContain('A demonstration, not the ImageNet-1k network');
    expect(html).toContain(
      '200 classes apart at 128 px; of 10,000 validation pictures it gets 49.0% right',
    );
    expect(html).toContain('<noscript>Classifying needs JavaScript');
  });
});

describe('without weights', () => {
  const html = panel(null);

  test('says what is missing and where it is', () => {
    expect(html).toContain('No weights of RegNetX-200MF ship');
    expect(html).toContain('<a href="https://example.org/timm">timm</a> (10.8 MB)');
    expect(html).toContain('data-checkpoint-input');
    expect(html).toMatch(/data-checkpoint(=""|>)/);
  });

  test('hides what could not work yet', () => {
    const [pictures = ''] = /<fieldset[^>]*>(?=<legend[^>]*>Choose a picture)/.exec(html) ?? [];
    expect(pictures).toContain('hidden');
  });
});
