/**
 * `npm run bench:recount`: pictures a second when a folder is counted, one after another as a
 * classifier takes them, and prepared ahead in batches, which the network's copies share; and preparing
 * alone, beside sharp (libvips), whose own resizing is not Pillow's. All take turns. RegNetX-200MF with seeded weights in
 * WebAssembly, JPEG pictures of 500 x 375 pixels, as ImageNet's are; `--variant ID`, `--pictures N`,
 * `--repeats N`, `--threads N`, `--json` for a report.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { usualPreprocessing } from '../../../src/checkpoints/index.ts';
import { decodeBytes } from '../../../src/cli/decode-picture.ts';
import { openCopies } from '../../../src/cli/recount/copy/open.ts';
import { startThreads } from '../../../src/cli/recount/threads.ts';
import { mostProbable } from '../../../src/engine/classifier.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { geometryOf } from '../../../src/engine/preprocess/geometry.ts';
import { cropOf, normalise } from '../../../src/engine/preprocess/index.ts';
import type { Task } from '../../../src/recount/plan.ts';
import { countTasks } from '../../../src/recount/run.ts';
import { layersOf, networkOf } from '../../../src/regnet/index.ts';
import { modelOf } from '../../../src/zoo/models.ts';
import { seededWeights } from '../../seeded.ts';

const { values } = parseArgs({
  options: {
    variant: { type: 'string', default: 'regnetx_002' },
    pictures: { type: 'string', default: '192' },
    repeats: { type: 'string', default: '5' },
    threads: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'boolean', default: false },
  },
});
const [count, repeats, threads] = [values.pictures, values.repeats, values.threads].map(Number);
if (!count || !repeats || !threads)
  throw new Error('--pictures, --repeats and --threads are numbers from 1.');

const BATCHES = [1, 4, 8, 16, 32];
const CLASSES = 1000;
const preprocessing = usualPreprocessing('timm');
const { crop } = preprocessing;
const [WIDTH, HEIGHT] = [500, 375];
// One thread a picture, as the counting threads have it: the setting is the process's.
sharp.concurrency(1);

/** Different cuts of two photographs, as JPEG files of about the size of ImageNet's. */
async function makePictures(): Promise<Uint8Array<ArrayBuffer>[]> {
  const photographs = ['cat-chelsea.jpg', 'uniform-grace-hopper.jpg'].map((name) =>
    readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url)),
  );
  return Promise.all(
    Array.from({ length: count ?? 0 }, async (_, i) => {
      const cut = await sharp(photographs[i % 2])
        .resize(520, 400, { fit: 'cover' })
        .extract({ left: i % 20, top: i % 25, width: WIDTH, height: HEIGHT })
        .jpeg({ quality: 99, chromaSubsampling: '4:4:4' })
        .toBuffer();
      return new Uint8Array(cut);
    }),
  );
}

const pictures = await makePictures();
const meanBytes = pictures.reduce((sum, { length }) => sum + length, 0) / pictures.length;
const { stages } = networkOf(modelOf(values.variant).design);
const layers = layersOf(stages, crop, CLASSES);
const network = await createNetwork(layers, seededWeights(layers, 1), 'wasm', { threads });
const team = await openCopies(layers, seededWeights(layers, 1), threads);
const preparing = startThreads(threads, preprocessing);
const tasks: Task[] = pictures.map((bytes, i) => ({
  picture: {
    path: `${i}.jpg`,
    size: bytes.length,
    read: () => Promise.resolve(new Blob([bytes])),
  },
  truth: 0,
}));

async function oneByOne(): Promise<void> {
  for (const bytes of pictures) {
    const pixels = normalise(cropOf(await decodeBytes(bytes), preprocessing), preprocessing);
    mostProbable(await network.probabilities(pixels), 5);
  }
}

async function inBatches(batch: number): Promise<void> {
  let answered = 0;
  await countTasks(
    tasks,
    {
      prepare: preparing.prepare,
      predict: team.probabilities,
      classes: CLASSES,
      batch,
      passes: team.passes,
      ahead: batch + 2 * (threads ?? 1),
    },
    (answers) => {
      answered += answers.length;
    },
  );
  if (answered !== count) throw new Error(`${answered} of ${count} pictures were answered.`);
}

async function prepareAlone(): Promise<void> {
  await Promise.all(pictures.map((bytes) => preparing.prepare(new Blob([bytes]))));
}

/** The same cut with sharp's own cubic filter, and no normalisation. */
async function sharpAlone(): Promise<void> {
  const { resizedWidth, resizedHeight, left, top } = geometryOf(WIDTH, HEIGHT, preprocessing);
  await Promise.all(
    pictures.map((bytes) =>
      sharp(bytes)
        .resize(resizedWidth, resizedHeight, { kernel: 'cubic', fastShrinkOnLoad: false })
        .extract({ left, top, width: crop, height: crop })
        .raw()
        .toBuffer(),
    ),
  );
}

const ways: Record<string, () => Promise<void>> = {
  'one by one': oneByOne,
  ...Object.fromEntries(
    BATCHES.map((batch) => [`batches of ${batch}`, () => inBatches(batch)] as const),
  ),
  'preparing alone': prepareAlone,
  'sharp alone': sharpAlone,
};

const times: Record<string, number[]> = {};
/** Milliseconds of all cores together, which a busy machine hardly changes. */
const work: Record<string, number[]> = {};
for (let round = 0; round <= repeats; round++)
  for (const [name, way] of Object.entries(ways)) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await way();
    // The first round compiles, and starts what is started once.
    if (round === 0) continue;
    (times[name] ??= []).push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    (work[name] ??= []).push((user + system) / 1000);
  }
network.dispose();
team.dispose();
await preparing.stop();

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
const single = times['one by one'] ?? [];
const results = Object.entries(times).map(([way, ms]) => ({
  way,
  perSecond: (1000 * count) / median(ms),
  cpuMs: median(work[way] ?? []) / count,
  /** The median of each round's own ratio, so that a busy moment weighs on both. */
  ofOneByOne: median(ms.map((time, round) => (single[round] ?? NaN) / time)),
}));
if (values.json)
  console.log(
    JSON.stringify({
      schema: 1,
      variant: values.variant,
      pictures: count,
      meanBytes,
      threads,
      results,
    }),
  );
else
  console.table(
    results.map(({ way, perSecond, cpuMs, ofOneByOne }) => ({
      way,
      'pictures/s': Number(perSecond.toFixed(1)),
      'CPU ms a picture': Number(cpuMs.toFixed(2)),
      'of one by one': `${ofOneByOne.toFixed(2)}x`,
    })),
  );
