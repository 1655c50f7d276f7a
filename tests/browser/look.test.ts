/** A look inside of the network that ships, on every way to compute that this browser has. */
import { describe, expect, test } from 'vitest';
import { openClassifier } from '../../src/engine/client.ts';
import { models } from '../../src/zoo/models.ts';
import golden from '../fixtures/weights/look.shipped.json' with { type: 'json' };
import { evidenceError, lookCases, stagesError } from '../look.ts';
import { fixture } from './classifier-weights.ts';

const shipped = async () => (await fetch(`/${golden.weights.replace('public/', '')}`)).blob();

describe.each(['webgl', 'wasm'] as const)('on %s', (backend) => {
  test("the maps equal PyTorch's, and prediction goes on as before", async () => {
    const client = await openClassifier(shipped(), { backend, known: models });
    try {
      expect(await client.look(8)).toBeNull();
      for (const reference of lookCases) {
        const picture = await fixture(reference.image);
        const { predictions } = await client.classify(picture);
        const insight = await client.look(8);
        if (!insight) throw new Error('There is a picture to look at.');
        expect(evidenceError(reference, insight.evidence)).toBeLessThan(1e-3);
        expect(stagesError(reference, insight.stages)).toBeLessThan(1e-3);
        const again = await client.classify(picture);
        expect(again.predictions).toEqual(predictions);
      }
    } finally {
      client.dispose();
    }
  });

  test('another protocol gives another crop, and a frame the same answer as its file', async () => {
    const client = await openClassifier(shipped(), { backend, known: models });
    try {
      const picture = await fixture('cat-chelsea.png');
      const asTrained = await client.classify(picture);
      const { preprocessing } = client.info;
      const same = await client.classifyUnder(picture, { preprocessing });
      expect(same.predictions).toEqual(asTrained.predictions);
      const swapped = await client.classifyUnder(picture, {
        preprocessing: { ...preprocessing, channelOrder: 'BGR' },
      });
      expect(swapped.crop).toEqual(asTrained.crop);
      expect(swapped.predictions).not.toEqual(asTrained.predictions);
      const jpeg = await client.classifyUnder(picture, { preprocessing, jpegQuality: 0.1 });
      expect(jpeg.crop.data).not.toEqual(asTrained.crop.data);
      const frame = await client.classifyUnder(await createImageBitmap(picture), { preprocessing });
      expect(frame.predictions).toEqual(asTrained.predictions);
    } finally {
      client.dispose();
    }
  });
});
