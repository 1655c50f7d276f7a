import { rowsOf } from '../../shapes.ts';
import type { Device, WebgpuMap } from './device.ts';
import { blocksOf } from './layout.ts';
import { softmaxShader } from './reduce.ts';
import { workgroupsOf } from './wgsl.ts';

/** A workgroup a row, in one dispatch. */
export function softmax(device: Device, x: WebgpuMap): WebgpuMap {
  const [rows, channels] = rowsOf(x);
  const out = device.allocate([rows, 1, 1, channels]);
  device.submit({
    program: device.program('softmax', () => softmaxShader(device.storage)),
    shape: [blocksOf(channels), channels, rows],
    inputs: [x.buffer],
    output: out.buffer,
    workgroups: workgroupsOf(1, rows),
  });
  return out;
}
