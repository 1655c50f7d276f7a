/** The whole path, from a picture's file to named probabilities, in a real browser with WebGL. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClassifier } from '../../src/engine/classifier.ts';
import { openClassifier, type OpenedClassifier } from '../../src/engine/client.ts';
import { labelled } from '../../src/engine/labels.ts';
import { fetchLabels } from '../../src/weights/beside.ts';
import { download } from '../../src/weights/download.ts';
import { models } from '../../src/zoo/models.ts';
import shipped from '../../content/checkpoints/regnetx_002.tiny-imagenet-200.json' with { type: 'json' };
import golden from '../fixtures/weights/golden.regnetx_002.json' with { type: 'json' };
import { fixture, labelsUrl, weights } from './classifier-weights.ts';

const open = (source: Promise<Blob | Uint8Array<ArrayBuffer>>): Promise<OpenedClassifier> =>
  openClassifier(source, { backend: 'webgl', known: models });
const [espresso] = golden.cases.find(({ image }) => image === 'espresso-coffee.png')?.top5 ?? [];
const float16 = async () => new Blob([await weights('f16')]);

describe.each<[string, () => Promise<Blob | Uint8Array<ArrayBuffer>>, number]>([
  ['float32 weights', async () => new Blob([await weights('f32')]), 1e-4],
  ['the float16 file that ships', () => download({ ...shipped, url: `/${shipped.url}` }), 5e-3],
])('a network of %s in a worker', (_name, source, tolerance) => {
  let client: OpenedClassifier;
  beforeAll(async () => {
    client = await open(source());
  });
  afterAll(() => {
    client.dispose();
  });

  test('tells what it is', () => {
    expect(client.info).toMatchObject({
      backend: 'webgl',
      variant: 'regnetx_002',
      classes: 200,
      labels: 'tiny-imagenet-200',
    });
    expect(client.info.gpu).toMatch(/\w/);
  });

  test.each(golden.cases)('agrees with PyTorch on $image', async (reference) => {
    const { predictions } = await client.classify(await fixture(reference.image), 200);
    const errors = predictions.map(({ index, probability }) =>
      Math.abs(probability - (reference.probabilities[index] ?? NaN)),
    );
    expect(errors).toHaveLength(200);
    expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
    const names = await fetchLabels(labelsUrl());
    expect(labelled(predictions, names)[0]).toMatchObject({
      index: reference.top5[0]?.index,
      label: reference.top5[0]?.label,
    });
  });
});

describe('a classifier', () => {
  let client: OpenedClassifier;
  beforeAll(async () => {
    client = await open(float16());
  });
  afterAll(() => {
    client.dispose();
  });

  test('gives the five best in falling order and the exact crop', async () => {
    const { predictions, crop } = await client.classify(await fixture('rocket-launch.png'));
    const probabilities = predictions.map(({ probability }) => probability);
    expect(probabilities).toHaveLength(5);
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    const canvas = new OffscreenCanvas(128, 128).getContext('2d');
    canvas?.drawImage(await createImageBitmap(await fixture('rocket-launch.png')), 0, 0);
    expect(crop).toEqual({
      width: 128,
      height: 128,
      data: canvas?.getImageData(0, 0, 128, 128).data,
    });
  });

  test('measures, and gives way to the next picture', async () => {
    const picture = await fixture('cat-chelsea.png');
    const { firstMs } = await client.classify(picture);
    const timing = await client.measure();
    expect(timing?.passes).toBeGreaterThan(0);
    expect(timing?.medianMs).toBeGreaterThan(0);
    expect(timing?.medianMs).toBeLessThan(firstMs);
    const [interrupted, next] = await Promise.all([client.measure(), client.classify(picture)]);
    expect(interrupted).toBeNull();
    expect(next.firstMs).toBe(firstMs);
  });

  test('survives what is no picture', async () => {
    await expect(client.classify(new Blob(['no picture']))).rejects.toMatchObject({
      code: 'picture',
      message: expect.stringMatching(/^This file is not a picture/) as string,
    });
    const { predictions } = await client.classify(await fixture('espresso-coffee.png'));
    expect(predictions[0]?.index).toBe(espresso?.index);
  });
});

test('half a file of weights is refused with a sentence', async () => {
  const whole = await float16();
  await expect(open(Promise.resolve(whole.slice(0, whole.size / 2)))).rejects.toMatchObject({
    name: 'EngineError',
    code: 'checkpoint',
    message: expect.stringMatching(/^The file ends .* download or copy it again\.$/) as string,
  });
});

test('a bare checkpoint gets the usual preprocessing, and no names for 200 classes', async () => {
  const file = fixture('regnetx_002.tiny-imagenet-200.pth');
  const client = await openClassifier(file, { backend: 'webgl' });
  expect(client.info).toMatchObject({
    variant: null,
    labels: null,
    description: null,
    preprocessing: { resize: 256, crop: 224, interpolation: 'bilinear' },
  });
  const { crop } = await client.classify(await fixture('cat-chelsea.png'));
  expect([crop.width, crop.height]).toEqual([224, 224]);
  client.dispose();
});

test('fifty predictions on this thread leave no tensor behind', async () => {
  const classifier = await createClassifier(await weights('f16'), { backend: 'webgl' });
  const pictures = await Promise.all(golden.cases.map(({ image }) => fixture(image)));
  const [picture = new Blob()] = pictures;
  await classifier.classify(picture);
  const before = classifier.memory();
  for (let i = 0; i < 50; i++) await classifier.classify(pictures[i % pictures.length] ?? picture);
  expect(classifier.memory()).toEqual(before);
  classifier.dispose();
});

test('the CPU sees the same', async () => {
  const client = await openClassifier(weights('f32'), { backend: 'cpu' });
  expect(client.info).toMatchObject({ backend: 'cpu', gpu: null });
  const { predictions } = await client.classify(await fixture('espresso-coffee.png'));
  expect(predictions[0]?.index).toBe(espresso?.index);
  expect(predictions[0]?.probability).toBeCloseTo(espresso?.probability ?? NaN, 4);
  client.dispose();
});
