import { COPY_DST, MAP_READ, READ } from './usage.ts';

/**
 * Asks for a copy of a buffer's first bytes behind all that is encoded, and returns what waits for it
 * once that is submitted. Rejects as WebGPU does, when the device is lost or destroyed meanwhile.
 */
export function copyOut(
  gpu: GPUDevice,
  encoder: GPUCommandEncoder,
  source: GPUBuffer,
  bytes: number,
): () => Promise<ArrayBuffer> {
  // One for each: several may be on their way at a time.
  const copy = gpu.createBuffer({ size: bytes, usage: MAP_READ | COPY_DST });
  encoder.copyBufferToBuffer(source, 0, copy, 0, bytes);
  return async () => {
    try {
      await copy.mapAsync(READ);
      return copy.getMappedRange().slice(0);
    } finally {
      copy.destroy();
    }
  };
}
