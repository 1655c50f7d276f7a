import type { Device, WebgpuMap } from './device.ts';
import { blocksOf } from './layout.ts';
import { POOL_THREADS, poolShader } from './reduce.ts';
import { workgroupsOf } from './wgsl.ts';

/** The mean over height and width as one dispatch. */
export function pool(device: Device, x: WebgpuMap): WebgpuMap {
  const [batch, height, width, channels] = x.shape;
  const out = device.allocate([batch, 1, 1, channels]);
  const blocks = blocksOf(channels);
  device.submit({
    program: device.program('pool', () => poolShader(device.storage)),
    shape: [blocks, height * width, batch],
    inputs: [x.buffer],
    output: out.buffer,
    workgroups: workgroupsOf(Math.ceil(blocks / POOL_THREADS[0]), batch),
  });
  return out;
}
