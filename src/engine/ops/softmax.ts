import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Backend } from '../backend.ts';

/** The name under which the kernel is registered with TensorFlow.js, for `cpu` and `webgl`. */
export const CHANNEL_SOFTMAX = 'ChannelSoftmax';

/** Probabilities over the channels: [batch, 1, 1, channels] to the same shape, rows that sum to 1. */
export function channelSoftmax(backend: Backend, x: TensorInfo): TensorInfo {
  return backend.run(CHANNEL_SOFTMAX, { x }, {});
}

/** Rows and channels of a tensor of single pixels. Throws a RangeError for a map with several. */
export function rowsOf({ shape }: TensorInfo): readonly [rows: number, channels: number] {
  const [rows, height, width, channels] = shape;
  if (rows === undefined || height !== 1 || width !== 1 || channels === undefined)
    throw new RangeError(
      `${CHANNEL_SOFTMAX}: x must be [batch, 1, 1, channels], not [${shape.join(', ')}].`,
    );
  return [rows, channels];
}
