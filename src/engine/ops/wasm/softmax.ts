import type { TensorInfo } from '@tensorflow/tfjs-core';
import { rowsOf } from '../softmax.ts';
import type { Device } from './device.ts';
import { FLOAT, paddedChannels } from './packing.ts';
import { softmaxTask } from './tasks.ts';

/** Probabilities over the channels, a task a row. */
export function channelSoftmaxWasm(device: Device, { x }: { x: TensorInfo }): TensorInfo {
  const [rows, channels] = rowsOf(x);
  const pitch = paddedChannels(channels) * FLOAT;
  const from = device.addressOf(x);
  const out = device.allocate([rows, 1, 1, channels]);
  const to = device.addressOf(out);
  device.submit(
    Array.from({ length: rows }, (_, row) =>
      softmaxTask({ x: from + row * pitch, channels, out: to + row * pitch }),
    ),
  );
  return out;
}
