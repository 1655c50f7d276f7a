import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Backend } from '../backend.ts';

/** The name under which the kernel is registered with TensorFlow.js, for `cpu` and `webgl`. */
export const GLOBAL_AVERAGE_POOL = 'GlobalAveragePool';

/** The mean over height and width: [batch, height, width, channels] to [batch, 1, 1, channels]. */
export function globalAveragePool(backend: Backend, x: TensorInfo): TensorInfo {
  return backend.run(GLOBAL_AVERAGE_POOL, { x }, {});
}

/** The four axes of an image tensor. Throws a RangeError for any other rank. */
export function imageShapeOf({ shape }: TensorInfo): readonly [number, number, number, number] {
  const [batch, height, width, channels] = shape;
  if (
    shape.length !== 4 ||
    batch === undefined ||
    height === undefined ||
    width === undefined ||
    channels === undefined
  )
    throw new RangeError(
      `${GLOBAL_AVERAGE_POOL}: x must be [batch, height, width, channels], not [${shape.join(', ')}].`,
    );
  return [batch, height, width, channels];
}
