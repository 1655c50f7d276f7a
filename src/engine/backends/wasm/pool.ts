import type { Device, WasmMap } from './device.ts';
import { FLOAT, paddedChannels } from './packing.ts';
import { averageTask } from './tasks.ts';

/** The mean over height and width, a task a picture. */
export function pool(device: Device, x: WasmMap): WasmMap {
  const [batch, height, width, channels] = x.shape;
  const pixels = height * width;
  const pitch = paddedChannels(channels) * FLOAT;
  const out = device.allocate([batch, 1, 1, channels]);
  device.submit(
    Array.from({ length: batch }, (_, image) =>
      averageTask({
        x: x.address + image * pixels * pitch,
        pixels,
        pitch,
        out: out.address + image * pitch,
        outEnd: out.address + (image + 1) * pitch,
      }),
    ),
  );
  return out;
}
