/** A short trial of a backend beside the one that runs: which is quicker, only the device can tell. */
import type { Weights } from './chosen.ts';
import type { Opening } from './opening.ts';

/** By what a network's trial is remembered. */
export function nameOf(weights: Weights): string {
  return weights.kind === 'local' ? `${weights.file.name} ${weights.file.size}` : weights.file.id;
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
