/**
 * `npm run bench:threads`: what a second thread brings WebAssembly, in Node. Both networks take turns,
 * so that whatever else the machine does meets both; weights are drawn from a seed. The speed-up is told
 * twice: of the medians, and of the least times, which the rest of the machine disturbed least.
 * `--variants ID,…`, `--threads N`, `--repeats N`, `--layers` for the layers that gain least.
 */
import { parseArgs } from 'node:util';
import { createNetwork, type LayerTimes } from '../../../src/engine/network.ts';
import { seededValues, seededWeights } from '../../../src/engine/seeded.ts';
import { networkOf } from '../../../src/regnet/index.ts';
import { modelOf } from '../../../src/zoo/models.ts';
import { median } from '../plan.ts';

const { values } = parseArgs({
  options: {
    variants: { type: 'string', default: 'regnetx_002,regnetx_004,regnetx_008,regnetx_016' },
    threads: { type: 'string', default: '2' },
    repeats: { type: 'string', default: '60' },
    layers: { type: 'boolean', default: false },
  },
});
const [threads, repeats] = [values.threads, values.repeats].map(Number);
if (!threads || !repeats) throw new Error('--threads and --repeats are numbers from 1.');

const RESOLUTION = 224;
/** Passes before any that is timed. */
const WARM_UP = 5;
const WORST = 12;

for (const variant of values.variants.split(',')) {
  const { layers } = networkOf(modelOf(variant).design, RESOLUTION);
  const picture = seededValues(RESOLUTION * RESOLUTION * 3, 1);
  const open = (count: number) =>
    createNetwork(layers, seededWeights(layers, 1), 'wasm', { threads: count });
  const networks = [await open(1), await open(threads)] as const;
  const times = networks.map((): number[] => []);
  for (let pass = 0; pass < WARM_UP + repeats; pass++)
    for (const [i, network] of networks.entries()) {
      const start = performance.now();
      await network.predict(picture);
      if (pass >= WARM_UP) times[i]?.push(performance.now() - start);
    }
  const told = (of: (list: readonly number[]) => number): string => {
    const [alone = NaN, together = NaN] = times.map(of);
    return `${alone.toFixed(2)} -> ${together.toFixed(2)} ms (${(alone / together).toFixed(2)}x)`;
  };
  console.log(
    `${variant}: 1 -> ${threads} threads, median ${told(median)}, least ${told((list) => Math.min(...list))}`,
  );
  if (values.layers) tellLayers(await Promise.all(networks.map((one) => one.measureLayers())));
  for (const network of networks) network.dispose();
}

/** The layers that the threads lose most time in, beside what they should take. */
function tellLayers([alone, together]: readonly LayerTimes[]): void {
  const lost = (alone?.layers ?? []).map(({ name, ms }, i) => {
    const shared = together?.layers[i]?.ms ?? NaN;
    return { name, ms, shared, lost: shared - ms / (threads ?? 1) };
  });
  for (const one of lost.toSorted((a, b) => b.lost - a.lost).slice(0, WORST))
    console.log(
      `  ${one.name.padEnd(24)} ${one.ms.toFixed(3)} -> ${one.shared.toFixed(3)} ms, ${one.lost.toFixed(3)} lost`,
    );
}
