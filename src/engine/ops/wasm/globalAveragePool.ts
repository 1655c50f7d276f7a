import type { TensorInfo } from '@tensorflow/tfjs-core';
import { imageShapeOf } from '../globalAveragePool.ts';
import type { Device } from './device.ts';
import { FLOAT, paddedChannels } from './packing.ts';
import { averageTask } from './tasks.ts';

/** The mean over height and width, a task a picture. */
export function globalAveragePoolWasm(device: Device, { x }: { x: TensorInfo }): TensorInfo {
  const [batch, height, width, channels] = imageShapeOf(x);
  const pixels = height * width;
  const pitch = paddedChannels(channels) * FLOAT;
  const from = device.addressOf(x);
  const out = device.allocate([batch, 1, 1, channels]);
  const to = device.addressOf(out);
  device.submit(
    Array.from({ length: batch }, (_, image) =>
      averageTask({
        x: from + image * pixels * pitch,
        pixels,
        pitch,
        out: to + image * pitch,
        outEnd: to + (image + 1) * pitch,
      }),
    ),
  );
  return out;
}
