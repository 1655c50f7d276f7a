/** Reads a damaged file as the site does, and says what came of it. */
import {
  CheckpointError,
  foldBatchNorm,
  readCheckpoint,
  requireFit,
} from '../../src/checkpoints/index.ts';
import { damageArchive, damagePickleInside } from './archives.ts';
import { BLIND, type Mutation } from './bytes.ts';
import { damageHeader } from './headers.ts';
import { mutatePickle } from './pickles.ts';

/** What the issue of a damaged file may take: time in ms, memory in bytes by the file's size. */
export const MAX_MS = 2000;
export const maxBytes = (fileBytes: number): number => 10 * fileBytes + 32 * 2 ** 20;

export interface Outcome {
  /** The error's code, or `read`. */
  readonly code: string;
  readonly ms: number;
  /** Bytes that reading took, in buffers and objects. */
  readonly taken: number;
  /** What is wrong with the outcome itself. */
  readonly fault?: string;
}

/** All kinds of damage for a container: half of them know its structure. */
export function mutationsFor(name: string): readonly Mutation[] {
  if (name.endsWith('.safetensors')) return [...BLIND, damageHeader, damageHeader, damageHeader];
  if (name === 'hostile.pth') return [...BLIND, mutatePickle(1)];
  return name.includes('legacy')
    ? [...BLIND, mutatePickle(4), mutatePickle(4), mutatePickle(5)]
    : [...BLIND, damagePickleInside, damagePickleInside, damageArchive];
}

const memory = (): number => {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
};

/** Reads to the end. Anything but a network or a CheckpointError with a sentence is a fault. */
export function outcomeOf(bytes: Uint8Array): Outcome {
  const before = memory();
  const start = performance.now();
  const measured = () => ({ ms: performance.now() - start, taken: memory() - before });
  try {
    const checkpoint = readCheckpoint(bytes);
    const fit = requireFit(checkpoint, []);
    const { ms, taken } = measured();
    const weights = foldBatchNorm(fit.layers, checkpoint.tensors);
    const whole = fit.layers.every(
      (l) => l.op === 'pool' || weights.get(l.name)?.bias.length === l.cout,
    );
    return { code: 'read', ms, taken, ...(!whole && { fault: 'a layer without weights' }) };
  } catch (error) {
    if (!(error instanceof CheckpointError))
      return { code: 'foreign', ...measured(), fault: String(error) };
    const isSentence = /^[A-Z]\P{C}*\.$/u.test(error.message);
    return { code: error.code, ...measured(), ...(!isSentence && { fault: error.message }) };
  }
}
