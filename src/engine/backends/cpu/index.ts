import type { FoldedLayer } from '../../../checkpoints/index.ts';
import type { Backend, DeviceFilter, DeviceMap, MapShape } from '../../backend.ts';
import { convShapeOf, rowsOf } from '../../shapes.ts';
import { softmax } from '../../softmax.ts';
import { convolve } from './conv.ts';
import { average } from './pool.ts';

interface CpuMap extends DeviceMap {
  readonly values: Float32Array;
}

interface CpuFilter extends DeviceFilter {
  readonly weights: FoldedLayer;
}

/** Opens a backend that computes with plain loops: the reference, and what the command verifies with. */
export function openCpu(): Backend<CpuMap, CpuFilter> {
  const alive = new Set<CpuMap | CpuFilter>();
  /** Milliseconds of each operation since the last run began. */
  const times: number[] = [];
  const keep = <Kept extends CpuMap | CpuFilter>(tensor: Kept): Kept => {
    alive.add(tensor);
    return tensor;
  };
  const timed = (shape: MapShape, compute: () => Float32Array): CpuMap => {
    const start = performance.now();
    const values = compute();
    times.push(performance.now() - start);
    return keep({ shape, values });
  };
  return {
    name: 'cpu',
    renderer: null,
    precision: 'float32',
    upload: (values, shape) => keep({ shape, values }),
    load: (weights, shape) => keep({ shape, weights }),
    conv(x, filter, { stride, relu, residual }) {
      const shape = convShapeOf(x, filter, { stride, residual });
      return timed([shape.batch, shape.hout, shape.wout, shape.cout], () =>
        convolve(shape, x.values, filter.weights, { relu, residual: residual?.values }),
      );
    },
    pool: ({ values, shape }) => timed([shape[0], 1, 1, shape[3]], () => average(values, shape)),
    softmax(x) {
      const [rows, channels] = rowsOf(x);
      return timed([rows, 1, 1, channels], () => softmax(x.values, channels));
    },
    read: ({ values }) => Promise.resolve(values),
    prepare(shape, compute) {
      let ms: readonly number[] = [];
      return {
        run(input, result) {
          times.length = 0;
          const results = compute(keep({ shape, values: input }));
          ms = [...times];
          const { values } = results[result];
          for (const map of Object.values<CpuMap>(results)) alive.delete(map);
          return Promise.resolve(values);
        },
        profile: () => Promise.resolve({ method: 'clock', ms }),
        dispose: () => undefined,
      };
    },
    release: (tensor) => {
      alive.delete(tensor);
    },
    memory: () => ({ tensors: alive.size, gpuBytes: 0 }),
    dispose: () => {
      alive.clear();
    },
  };
}
