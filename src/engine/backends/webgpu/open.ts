import { missingError } from '../about.ts';
import { adapterName, requestAdapter, webgpu } from './about.ts';
import { CPU_THREADS, GPU_THREADS } from './plan.ts';

interface Opened {
  readonly gpu: GPUDevice;
  readonly renderer: string;
  /** Threads that keep it busy. */
  readonly busy: number;
}

/** What is asked for where it is offered. */
const FEATURES = ['shader-f16', 'timestamp-query'] as const;

/**
 * A device of its own, with the largest buffers that the GPU grants. Rejects with an EngineError with
 * code `no-backend` when there is none.
 */
export async function openGpu(): Promise<Opened> {
  const adapter = await requestAdapter();
  if (!adapter) throw missingError(webgpu);
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  try {
    const gpu = await adapter.requestDevice({
      requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
      requiredLimits: { maxStorageBufferBindingSize, maxBufferSize },
    });
    const busy = adapter.info.isFallbackAdapter ? CPU_THREADS : GPU_THREADS;
    return { gpu, renderer: adapterName(adapter), busy };
  } catch (cause) {
    throw missingError(webgpu, cause);
  }
}
