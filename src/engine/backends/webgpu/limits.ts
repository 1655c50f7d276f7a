import type { Limits } from '../../limits.ts';
import { requestAdapter } from './about.ts';

/** Bytes of the largest buffer that a shader may read. */
export function mostBytes({
  maxStorageBufferBindingSize,
  maxBufferSize,
}: Pick<GPUSupportedLimits, 'maxStorageBufferBindingSize' | 'maxBufferSize'>): number {
  return Math.min(maxStorageBufferBindingSize, maxBufferSize);
}

/** What WebGPU is granted on this thread; null where there is none. */
export async function webgpuLimits(): Promise<Limits | null> {
  const adapter = await requestAdapter();
  return adapter && { kind: 'buffers', bytes: mostBytes(adapter.limits) };
}
