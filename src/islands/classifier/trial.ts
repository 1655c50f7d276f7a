/** A short trial of WebAssembly where WebGL runs: which is quicker, only the device can tell. */
import type { ClassifierInfo } from '../../engine/types.ts';
import type { Weights } from './chosen.ts';
import type { Opening } from './opening.ts';
import { rememberedTrial } from './preference.ts';

/** Heavier networks are a graphics processor's; a second copy would only take memory. */
const MOST_BYTES = 64e6;

/** By what a network's trial is remembered. */
export function nameOf(weights: Weights): string {
  return weights.kind === 'local' ? `${weights.file.name} ${weights.file.size}` : weights.file.id;
}

/** Whether WebAssembly should be tried: on WebGL, once a device and network. */
export function isTrialDue(
  weights: Weights,
  { backend, precision, gpu }: ClassifierInfo,
  recovering: boolean,
): boolean {
  const bytes = weights.kind === 'local' ? weights.file.size : weights.file.bytes;
  return (
    backend === 'webgl' &&
    precision === 'float32' &&
    !recovering &&
    bytes <= MOST_BYTES &&
    rememberedTrial(gpu ?? '', nameOf(weights)) === null
  );
}

/** Median milliseconds of the rival's passes over a picture; null when it cannot run. */
export async function timeRival(rival: Opening, picture: Blob): Promise<number | null> {
  try {
    const client = await rival.client;
    await client.classify(picture);
    return (await client.classifier.measure())?.medianMs ?? null;
  } catch {
    return null;
  }
}
