/** Whether a network will run on a device, told before anything is tried. Pure. */
import type { Layer } from '../regnet/index.ts';
import type { Precision } from './backend.ts';
import { memoryNeeded } from './backends/wasm/needs.ts';
import { largestTexture, longestSide } from './backends/webgl/needs.ts';
import { largestBuffer } from './backends/webgpu/needs.ts';
import {
  bufferTooLarge,
  memoryDoubt,
  networkTooLarge,
  textureTooLarge,
  timeDoubt,
  type Limits,
} from './limits.ts';

/** A network on one backend of a device, and what is known of both. */
export interface Fitting {
  readonly layers: readonly Layer[];
  readonly precision: Precision;
  /** What the backend is granted; null where nothing is limited, or nothing known. */
  readonly limits: Limits | null;
  /** Bytes that the network takes in all. */
  readonly bytes: number;
  /** Bytes of the device's memory; null where the browser does not tell. */
  readonly memory: number | null;
  /** Milliseconds that a pass is likely to take; null where nothing was timed yet. */
  readonly expectedMs: number | null;
}

/**
 * What stands against running the network, in a sentence with the way out: what the device refuses
 * comes first, then what is likely to fail. Null where nothing does.
 */
export function obstacleTo(fitting: Fitting): string | null {
  const { bytes, memory, expectedMs } = fitting;
  return refusalOf(fitting) ?? memoryDoubt(bytes, memory) ?? timeDoubt(expectedMs);
}

/** What the backend will refuse; null where it will not. */
function refusalOf({ layers, precision, limits }: Fitting): string | null {
  switch (limits?.kind) {
    case 'textures': {
      const { name, size } = largestTexture(layers, limits.targets);
      return longestSide(size) <= limits.side ? null : textureTooLarge(size, limits.side, name);
    }
    case 'buffers': {
      const { name, bytes } = largestBuffer(layers, precision);
      return bytes <= limits.bytes ? null : bufferTooLarge(bytes, limits.bytes, name);
    }
    case 'memory': {
      const bytes = memoryNeeded(layers);
      return bytes <= limits.bytes ? null : networkTooLarge(bytes, limits.bytes);
    }
    case undefined:
      return null;
  }
}
