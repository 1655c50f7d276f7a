/** What a network says without a GPU: the oracle that a device is compared with. */
import type { FoldedWeights } from '../checkpoints/index.ts';
import type { Layer } from '../regnet/index.ts';
import { openCpu } from './backends/cpu/index.ts';
import { loadLayer, passOf } from './pass.ts';

/**
 * Logits [1, classes] of one normalised picture [side, side, 3], in plain loops that sum in double
 * precision. It holds the weights of one layer at a time, and after each layer waits for `pause`, so
 * that the thread can do what is more urgent.
 */
export async function referenceLogits(
  layers: readonly Layer[],
  weights: Pick<FoldedWeights, 'get'>,
  { side, input }: { readonly side: number; readonly input: Float32Array },
  pause: () => Promise<void>,
): Promise<Float32Array> {
  const cpu = openCpu();
  try {
    const held: ReturnType<typeof cpu.load>[] = [];
    const pass = passOf(cpu, layers, cpu.upload(input, [1, side, side, 3]), (layer) => {
      const filter = loadLayer(cpu, layer, weights);
      if (filter) held.push(filter);
      return filter;
    });
    for (;;) {
      const step = pass.next();
      for (const filter of held.splice(0)) cpu.release(filter);
      if (step.done) return await cpu.read(step.value);
      await pause();
    }
  } finally {
    cpu.dispose();
  }
}
