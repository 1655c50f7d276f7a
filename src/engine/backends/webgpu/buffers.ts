import { EngineError } from '../../../threads/errors.ts';
import { bufferTooLarge } from '../../limits.ts';
import { mostBytes } from './limits.ts';
import { COPY_DST, COPY_SRC, STORAGE } from './usage.ts';

/** Buffers on the GPU, and how much they hold. */
export interface Buffers {
  /** One that shaders read and write. Throws an EngineError for one that is too large to bind. */
  take(bytes: number): GPUBuffer;
  /** One that is written to from here, for other uses. */
  create(bytes: number, usage: number): GPUBuffer;
  /** Deletes one. */
  give(buffer: GPUBuffer): void;
  bytes(): number;
  dispose(): void;
}

export function createBuffers(gpu: GPUDevice): Buffers {
  const all = new Set<GPUBuffer>();
  const largest = mostBytes(gpu.limits);
  const create = (size: number, usage: number): GPUBuffer => {
    const buffer = gpu.createBuffer({ size, usage: usage | COPY_DST });
    all.add(buffer);
    return buffer;
  };
  return {
    take(bytes) {
      if (bytes > largest) throw new EngineError('too-large', bufferTooLarge(bytes, largest));
      return create(bytes, STORAGE | COPY_SRC);
    },
    create,
    give(buffer) {
      if (all.delete(buffer)) buffer.destroy();
    },
    bytes: () => [...all].reduce((sum, { size }) => sum + size, 0),
    dispose() {
      for (const buffer of all) buffer.destroy();
      all.clear();
    },
  };
}
