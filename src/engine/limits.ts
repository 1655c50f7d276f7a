/** What a device grants at most, and what it is told that a network needs more: before and after. */
import { EngineError } from '../threads/errors.ts';

/** What one backend is granted on a device, where a network may need more. */
export type Limits =
  /** Texels along a side of a texture, and layers of it that one draw call writes. */
  | { readonly kind: 'textures'; readonly side: number; readonly targets: number }
  /** Bytes of one buffer that a shader reads. */
  | { readonly kind: 'buffers'; readonly bytes: number }
  /** Bytes in all. */
  | { readonly kind: 'memory'; readonly bytes: number };

/** A page does not wait longer for one pass, in milliseconds. */
export const SLOW_MS = 30_000;

/** A page seldom gets more of a device's memory than this. */
const SHARE_OF_PAGE = 0.5;

const REMEDY = 'Take a smaller variant, or another way to compute.';

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
const seconds = (ms: number): number => Math.round(ms / 1000);
const grouped = (count: number): string => count.toLocaleString('en');

/** Of a texture that is too large, in texels; `layer` is named where it is known. */
export function textureTooLarge(
  { columns, rows }: { readonly columns: number; readonly rows: number },
  side: number,
  layer = 'A layer',
): string {
  return `${layer} needs a texture of ${grouped(columns)} × ${grouped(rows)} texels, and this graphics processor allows ${grouped(side)} a side. ${REMEDY}`;
}

/** Of a buffer that is too large, in bytes. */
export function bufferTooLarge(bytes: number, most: number, layer = 'A layer'): string {
  return `${layer} needs ${grouped(bytes)} bytes at once, and this graphics processor binds no more than ${grouped(most)}. ${REMEDY}`;
}

/** Of a network that is larger than WebAssembly's memory may become. */
export function networkTooLarge(bytes: number, most: number): string {
  return `The network takes about ${gigabytes(bytes)} GB in WebAssembly, which has ${gigabytes(most)} GB at most here. ${REMEDY}`;
}

/**
 * Of bytes that are more than a page is likely to get on a device with so much memory; null where they
 * are not, or where the browser does not tell.
 */
export function memoryDoubt(bytes: number, memory: number | null): string | null {
  if (memory === null || bytes <= SHARE_OF_PAGE * memory) return null;
  return `The network takes about ${gigabytes(bytes)} GB of memory; this device has about ${(memory / 2 ** 30).toFixed(1).replace('.0', '')} GB in all, likely too little for it. Close what else is open, or take a smaller variant.`;
}

/** Of a pass that is likely to take longer than a page waits, in milliseconds; else null. */
export function timeDoubt(ms: number | null): string | null {
  if (ms === null || ms <= SLOW_MS) return null;
  return `By what was timed on this device a pass takes about ${seconds(ms)} s. ${REMEDY}`;
}

/** The refusal of a network of which one pass takes too long for a page. */
export function slowError(slowMs: number): EngineError {
  return new EngineError('slow', `One pass takes more than ${seconds(slowMs)} s here. ${REMEDY}`);
}
