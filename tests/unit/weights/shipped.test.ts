import { readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  checkpointEntrySchema,
  foldBatchNorm,
  readCheckpoint,
  requireFit,
} from '../../../src/checkpoints/index.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { parityWithPyTorch, refusalOf } from '../../../src/engine/parity.ts';
import { normalise } from '../../../src/engine/preprocess/index.ts';
import { layersOf } from '../../../src/regnet/index.ts';
import { models } from '../../../src/zoo/models.ts';

interface Golden {
  readonly made_with: string;
  readonly cases: readonly { readonly image: string; readonly probabilities: readonly number[] }[];
}

const FIXTURES = 'tests/fixtures/weights';
const CATALOGUE = 'content/checkpoints';
const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const shipped = readdirSync(CATALOGUE)
  .map((name) => checkpointEntrySchema.parse(json(`${CATALOGUE}/${name}`)))
  .filter((entry) => entry.bundled);

test('the weights that ship stay under 40 MB altogether', () => {
  expect(shipped.length).toBeGreaterThanOrEqual(4);
  const bytes = shipped.map(({ url }) => readFileSync(`public/${url}`).length);
  expect(bytes).toEqual(shipped.map((entry) => entry.bytes));
  expect(bytes.reduce((a, b) => a + b)).toBeLessThan(40e6);
});

describe.each(shipped)('$id', ({ id, url, variant, preprocessing }) => {
  const golden = json(`${FIXTURES}/golden.${variant}.json`) as Golden;
  const checkpoint = readCheckpoint(Uint8Array.from(readFileSync(`public/${url}`)));
  const { stages, classes, design } = requireFit(checkpoint, models);

  /** What WebAssembly makes of a picture, which has the crop's size. */
  async function predict(images: readonly string[]): Promise<Float32Array[]> {
    const layers = layersOf(stages, preprocessing.crop, classes);
    const network = await createNetwork(layers, foldBatchNorm(layers, checkpoint.tensors), 'wasm');
    const results: Float32Array[] = [];
    for (const image of images) {
      const { data, info } = await sharp(image)
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const { width, height } = info;
      const input = normalise({ width, height, data: new Uint8Array(data) }, preprocessing);
      results.push(await network.probabilities(input));
    }
    network.dispose();
    return results;
  }

  test('says of the golden pictures what PyTorch says', async () => {
    expect(design).toBe(variant);
    expect(golden.cases).toHaveLength(6);
    const answers = await predict(golden.cases.map(({ image }) => `${FIXTURES}/${image}`));
    for (const [i, { image, probabilities }] of golden.cases.entries()) {
      const own = answers[i] ?? new Float32Array(0);
      expect(own.indexOf(Math.max(...own)), image).toBe(
        probabilities.indexOf(Math.max(...probabilities)),
      );
      for (const [k, expected] of probabilities.entries())
        expect(Math.abs((own[k] ?? NaN) - expected), `${image}, class ${k}`).toBeLessThan(5e-3);
    }
  });

  test('brings one of these pictures and its numbers along, for the visitor’s device', async () => {
    const stored = json(`public/golden/${id}.json`) as {
      readonly checkpoint: string;
      readonly madeWith: string;
      readonly picture: string;
      readonly tolerance: number;
      readonly probabilities: readonly number[];
    };
    expect(stored).toMatchObject({ checkpoint: id, madeWith: golden.made_with });
    const picture = `public/golden/${stored.picture}`;
    const seen = golden.cases.find(({ image }) =>
      readFileSync(`${FIXTURES}/${image}`).equals(readFileSync(picture)),
    );
    expect(stored.probabilities).toEqual(seen?.probabilities);
    const [own = new Float32Array(0)] = await predict([picture]);
    expect(refusalOf(parityWithPyTorch(own, stored, 'float32'))).toBeNull();
    expect(stored.tolerance).toBeLessThan(1e-3);
  });
});
