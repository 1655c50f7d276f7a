import type { Backend, BackendOptions } from '../../backend.ts';
import { EngineError } from '../../../threads/errors.ts';
import { conv, loadFilter } from './conv.ts';
import { createDevice, encode, type WebgpuFilter, type WebgpuMap } from './device.ts';
import { checksOf, failureOf, GPU_LOST } from './failures.ts';
import { mapBytes, unpackMap } from './layout.ts';
import { openGpu } from './open.ts';
import { pool } from './pool.ts';
import { profileDispatches } from './profile.ts';
import { copyOut } from './reading.ts';
import { softmax } from './softmax.ts';

/**
 * Opens a WebGPU device of its own, in a worker or on the page: compute shaders of ours, without
 * TensorFlow.js. With `precision` float16 maps and filters are stored as half floats, and sums are
 * float32 all the same. Rejects with an EngineError with code `no-backend` where the browser has none.
 */
export async function openWebgpu({
  onContextLost,
  precision = 'float32',
}: BackendOptions): Promise<Backend<WebgpuMap, WebgpuFilter>> {
  const { gpu, renderer, busy } = await openGpu();
  const device = createDevice(gpu, { precision, busy });
  const closed = new AbortController();
  const close = (reason: EngineError): void => {
    closed.abort(reason);
  };
  const { guard, settled } = checksOf(gpu, close);
  gpu.addEventListener('uncapturederror', ({ error }) => {
    close(failureOf(error));
  });
  void gpu.lost.then(() => {
    if (closed.signal.aborted) return;
    close(new EngineError('context-lost', GPU_LOST));
    onContextLost?.();
  });
  const onDevice = <T>(work: () => T): T => {
    closed.signal.throwIfAborted();
    return guard(work);
  };
  /** Waits for what the GPU answers; one that was closed meanwhile answers in ways of its own. */
  const answered = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      const value = await answer;
      closed.signal.throwIfAborted();
      return value;
    } catch (cause) {
      closed.signal.throwIfAborted();
      // The page is told of the loss only later.
      throw new EngineError('context-lost', GPU_LOST, { cause });
    }
  };
  /** A map's values once all is done that `begin` encodes. */
  const read = async (
    { buffer, shape }: WebgpuMap,
    begin: (encoder: GPUCommandEncoder) => void = () => undefined,
  ): Promise<Float32Array> => {
    const copied = onDevice(() => {
      const encoder = gpu.createCommandEncoder();
      begin(encoder);
      const copy = copyOut(gpu, encoder, buffer, mapBytes(shape, precision));
      gpu.queue.submit([encoder.finish()]);
      return copy;
    });
    const bytes = await answered(Promise.all([copied(), settled()]));
    return unpackMap(bytes[0], shape, precision);
  };

  return {
    name: 'webgpu',
    renderer,
    precision,
    upload: (values, shape) =>
      onDevice(() => {
        const map = device.allocate(shape);
        device.write(map, values);
        return map;
      }),
    load: (weights, shape) => onDevice(() => loadFilter(device, weights, shape)),
    conv: (x, filter, options) => onDevice(() => conv(device, x, filter, options)),
    pool: (x) => onDevice(() => pool(device, x)),
    softmax: (x) => onDevice(() => softmax(device, x)),
    read: (map) => read(map),
    prepare(shape, compute) {
      const { dispatches, result, forget } = onDevice(() =>
        device.record(() => {
          const input = device.allocate(shape);
          return { input, results: compute(input) };
        }),
      );
      const { input, results } = result;
      const ready = (): Promise<unknown> => answered(Promise.all([device.compiled(), settled()]));
      return {
        async run(values, wanted) {
          await ready();
          return read(results[wanted], (encoder) => {
            device.write(input, values);
            encode(encoder, dispatches);
          });
        },
        async profile() {
          await ready();
          return answered(profileDispatches(gpu, dispatches));
        },
        dispose() {
          for (const map of Object.values<WebgpuMap>(results)) device.release(map);
          forget();
        },
      };
    },
    release: (tensor) => {
      device.release(tensor);
    },
    memory: () => ({ tensors: device.tensors(), gpuBytes: device.bytes() }),
    dispose() {
      close(new EngineError('internal', 'The network was disposed of.'));
      device.dispose();
      gpu.destroy();
    },
  };
}
