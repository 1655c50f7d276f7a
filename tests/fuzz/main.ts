/**
 * Damages checkpoints of every container in many ways and reads them. `npm run fuzz` takes 10,000
 * files; `npm run fuzz -- --files 50000 --seed 2` others. Ends with 1, and the damaged files in
 * test-results/fuzz/, if one gives anything but a network or a CheckpointError, takes over two
 * seconds, or more memory than ten times its size and 32 MB.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { randomFrom } from './random.ts';
import { MAX_MS, maxBytes, mutationsFor, outcomeOf } from './read.ts';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const files = Number(values.files);
const random = randomFrom(Number(values.seed));
const folder = new URL('../fixtures/checkpoints/', import.meta.url);
const faults = new URL('../../test-results/fuzz/', import.meta.url);

const originals = readdirSync(folder)
  .filter((name) => /\.(pth|pyth|bin|safetensors)$/.test(name))
  .map((name) => ({
    name,
    bytes: Uint8Array.from(readFileSync(new URL(name, folder))),
    mutations: mutationsFor(name),
  }));

const codes = new Map<string, number>();
let [slowest, largest, bad] = [0, 0, 0];
for (let i = 0; i < files; i++) {
  const original = originals[i % originals.length];
  const mutate = original?.mutations[Math.floor(i / originals.length) % original.mutations.length];
  if (!original || !mutate) continue;
  const bytes = mutate(original.bytes, random);
  const { code, ms, taken, fault } = outcomeOf(bytes);
  codes.set(code, (codes.get(code) ?? 0) + 1);
  slowest = Math.max(slowest, ms);
  largest = Math.max(largest, taken / maxBytes(bytes.length));
  if (fault === undefined && ms <= MAX_MS && taken <= maxBytes(bytes.length)) continue;
  bad++;
  mkdirSync(faults, { recursive: true });
  writeFileSync(new URL(`${i}-${original.name}`, faults), bytes);
  process.stdout.write(
    `${i} ${original.name}: ${fault ?? code}, ${ms.toFixed(0)} ms, ${(taken / 2 ** 20).toFixed(1)} MB\n`,
  );
}

const told = [...codes].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`);
process.stdout.write(
  `${files} files, ${bad} at fault; slowest ${slowest.toFixed(0)} ms, at most ${(100 * largest).toFixed(0)} % of the memory allowed.\n${told.join(', ')}\n`,
);
process.exitCode = bad > 0 ? 1 : 0;
