import { adapterName } from '../../../src/engine/backends/webgpu/about.ts';

/** Counts what any engine asks of WebGPU in this frame, the same way for all. */
export interface WebgpuMeter {
  /** Dispatches so far. */
  dispatches(): number;
  /** Bytes of the buffers that are there now. */
  bytes(): number;
  /** The GPU as the browser names it; null before an engine has opened a device. */
  gpu(): string | null;
}

/** Wraps WebGPU's methods; call it before an engine opens a device. */
export function meterWebgpu(): WebgpuMeter {
  let dispatches = 0;
  let gpu: string | null = null;
  const sizes = new Map<GPUBuffer, number>();
  // Not in every browser, nor on a page that is not secure.
  if (typeof GPUDevice !== 'undefined') {
    wrap(GPUAdapter.prototype, 'requestDevice', (_, adapter) => {
      gpu = adapterName(adapter);
    });
    wrap(GPUDevice.prototype, 'createBuffer', (buffer) => {
      if (buffer instanceof GPUBuffer) sizes.set(buffer, buffer.size);
    });
    wrap(GPUBuffer.prototype, 'destroy', (_, buffer) => {
      sizes.delete(buffer);
    });
    for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const)
      wrap(GPUComputePassEncoder.prototype, name, () => {
        dispatches++;
      });
  }
  return {
    dispatches: () => dispatches,
    gpu: () => gpu,
    bytes: () => [...sizes.values()].reduce((sum, size) => sum + size, 0),
  };
}

type Method<Receiver> = (this: Receiver, ...args: unknown[]) => unknown;

/** Calls `told` with the result and the receiver of every call, after the method has run. */
function wrap<Receiver extends object>(
  prototype: Receiver,
  name: keyof Receiver,
  told: (result: unknown, receiver: Receiver) => void,
): void {
  const original = Reflect.get(prototype, name) as Method<Receiver>;
  Object.defineProperty(prototype, name, {
    configurable: true,
    value(this: Receiver, ...args: unknown[]) {
      const result = original.apply(this, args);
      told(result, this);
      return result;
    },
  });
}
