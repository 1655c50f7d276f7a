// All entries as somebody's strict TypeScript sees them; it is compiled, not run.
import { EngineError, load, type Input, type Prediction, type Progress } from 'regnetx-zoo';
import { readCheckpoint, toFloat32, type Checkpoint } from 'regnetx-zoo/checkpoints';
import { models, networkOf } from 'regnetx-zoo/regnet';

export async function best(picture: Input, signal: AbortSignal): Promise<Prediction | undefined> {
  const told: Progress[] = [];
  try {
    const net = await load({
      variant: 'regnetx_004',
      signal,
      onProgress: (progress) => told.push(progress),
    });
    const [first] = await net.classify(picture, { top: 1, signal });
    const features: Float32Array = await net.embed(picture);
    net.dispose();
    return features.length > 0 ? first : undefined;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'download') return undefined;
    throw error;
  }
}

export function stem(bytes: Uint8Array): Float32Array | undefined {
  const { tensors }: Checkpoint = readCheckpoint(bytes);
  const weight = tensors.get('stem.conv.weight');
  return weight && toFloat32(weight);
}

export const layers: number[] = models.map(({ design }) => networkOf(design).layers.length);

// @ts-expect-error A source has to be named.
void load({ backend: 'wasm' });
// @ts-expect-error There is no such backend.
void load({ url: '/model.safetensors', backend: 'metal' });
