/** What this device says to official weights before they are fetched. */
import { LARGE_BYTES } from './doubts.ts';
import { wayOf, type WayId } from './ways.ts';

/** Weights that one click brings, and what running them takes. */
interface Sizes {
  readonly id: string;
  /** Of the file. */
  readonly bytes: number;
  /** Bytes that the network takes while it is loaded and run. */
  readonly memory: number;
  /** Pixels on a side of the picture that it takes. */
  readonly resolution: number;
}

/**
 * What stands against running a variant's weights here, in a sentence; null where nothing does, and for
 * small ones, for which the device is not asked. `chosen` is the visitor's own choice of what computes.
 */
export async function obstacleTo(
  variant: string,
  { id, bytes, memory, resolution }: Sizes,
  chosen: WayId | null,
): Promise<string | null> {
  if (bytes <= LARGE_BYTES) return null;
  // Without this code there is none to run the network either, which is then told.
  const code = await import('../device/time-here.ts').catch(() => null);
  if (!code) return null;
  const way = wayOf(chosen) ?? (await code.wayFor(id));
  return code.whyNotHere(variant, way, { resolution, bytes: memory });
}
