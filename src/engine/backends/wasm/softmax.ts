import { rowsOf } from '../../shapes.ts';
import type { Device, WasmMap } from './device.ts';
import { FLOAT, paddedChannels } from './packing.ts';
import { softmaxTask } from './tasks.ts';

/** Probabilities over the channels, a task a row. */
export function softmax(device: Device, x: WasmMap): WasmMap {
  const [rows, channels] = rowsOf(x);
  const pitch = paddedChannels(channels) * FLOAT;
  const out = device.allocate([rows, 1, 1, channels]);
  device.submit(
    Array.from({ length: rows }, (_, row) =>
      softmaxTask({ x: x.address + row * pitch, channels, out: out.address + row * pitch }),
    ),
  );
  return out;
}
