/** Checkpoints as timm would publish them, with random weights, and what Node makes of a picture. */
import sharp from 'sharp';
import { foldBatchNorm, readCheckpoint, requireFit } from '../../src/checkpoints/index.ts';
import { parametersOf } from '../../src/checkpoints/parameters.ts';
import { writeSafetensors } from '../../src/checkpoints/safetensors.ts';
import type { Preprocessing } from '../../src/checkpoints/description.ts';
import { mostProbable } from '../../src/engine/classifier.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { cropOf, normalise } from '../../src/engine/preprocess/index.ts';
import type { Prediction } from '../../src/engine/types.ts';
import { layersOf, type Layer, type Stage } from '../../src/regnet/index.ts';
import { models } from '../../src/zoo/models.ts';
import { seededValues } from '../seeded.ts';

/** A safetensors file with timm's names for these stages; equal seeds give equal bytes. */
export function seededCheckpoint(stages: readonly Stage[], seed: number): Uint8Array<ArrayBuffer> {
  const parameters = layersOf(stages).flatMap((layer) =>
    parametersOf(layer).map((parameter) => ({ ...parameter, layer })),
  );
  return writeSafetensors(
    parameters.map(({ name, shape, layer }, i) => ({
      name,
      dtype: 'F32',
      shape,
      values: () =>
        valuesOf(
          name,
          layer,
          seededValues(
            shape.reduce((a, b) => a * b, 1),
            seed + i,
          ),
        ),
    })),
    { format: 'pt' },
  );
}

/** Scales with which activations keep their size through shortcuts, and no class takes it all. */
function valuesOf(
  name: string,
  { kernel, cin, groups }: Layer,
  random: Float32Array,
): Float32Array {
  const fan = (kernel * kernel * cin) / groups;
  if (name.endsWith('running_var') || name.endsWith('bn.weight'))
    return random.map((v) => 1 + v / 10);
  if (!name.endsWith('.weight')) return random.map((v) => v / 10);
  const gain = name.includes('.conv3.') ? 0.3 : 1;
  return random.map((v) => v * gain * Math.sqrt(6 / fan));
}

/** What the CPU says to a picture's file. */
export async function predictInNode(
  checkpoint: Uint8Array,
  picture: string,
  preprocessing: Preprocessing,
): Promise<Prediction[]> {
  const { tensors, ...rest } = readCheckpoint(checkpoint);
  const { stages, classes } = requireFit({ tensors, ...rest }, models);
  const layers = layersOf(stages, preprocessing.crop, classes);
  const network = await createNetwork(layers, foldBatchNorm(layers, tensors), 'cpu');
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const rgb = { width, height, data: new Uint8Array(data) };
  const input = normalise(cropOf(rgb, preprocessing), preprocessing);
  const probabilities = await network.probabilities(input);
  network.dispose();
  return mostProbable(probabilities, 5);
}
