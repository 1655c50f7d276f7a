/** One measurement in a process of its own: `node measure.ts TASK FILE` prints a Measured as JSON. */
import { readFile } from 'node:fs/promises';
import { foldLayer, readCheckpoint, requireFit } from '../../../src/checkpoints/index.ts';
import { layersOf } from '../../../src/regnet/index.ts';

/** The file alone; named and fitted tensors; every layer folded, one after another. */
export type Task = 'readFile' | 'tensors' | 'folded';

export interface Measured {
  readonly ms: number;
  /** The most bytes in buffers at any time. */
  readonly buffers: number;
}

const [task, file = ''] = process.argv.slice(2);
let buffers = 0;
const look = () => {
  buffers = Math.max(buffers, process.memoryUsage().arrayBuffers);
};

const begin = performance.now();
const bytes = new Uint8Array((await readFile(file)).buffer);
look();
if (task !== 'readFile') {
  const { tensors, ...checkpoint } = readCheckpoint(bytes);
  const fit = requireFit({ ...checkpoint, tensors }, []);
  look();
  if (task === 'folded')
    for (const layer of layersOf(fit.stages, 224, fit.classes)) {
      if (layer.op === 'pool') continue;
      foldLayer(layer, tensors);
      look();
    }
}
const measured: Measured = { ms: performance.now() - begin, buffers };
console.log(JSON.stringify(measured));
