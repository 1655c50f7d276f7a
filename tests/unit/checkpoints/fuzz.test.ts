import { describe, expect, test } from 'vitest';
import {
  CheckpointError,
  foldBatchNorm,
  readCheckpoint,
  requireFit,
} from '../../../src/checkpoints/index.ts';
import { FILES, fixture } from './fixtures.ts';

/**
 * Damages every fixture in many ways; each must end in a typed error or in a network, soon and
 * without taking memory. Longer by hand: `FUZZ_ROUNDS=20000 FUZZ_SEED=2 npx vitest run fuzz`.
 */
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 500);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const MAX_MS = 2000;
/** Objects of the engine itself: names, maps and tensors, whatever the size of the file. */
const OBJECT_BYTES = 16 * 2 ** 20;
/** Tables stand at the beginning (pickles, headers) and at the end (zip's directory). */
const TABLE_BYTES = 24_000;

/** Mulberry32: small, and the same everywhere. Uniform in [0, 1). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LENGTHS = [0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xffffffff, 2 ** 40, 2 ** 53, 2 ** 63];

/** One kind of damage; the bytes are a copy. */
type Mutation = (bytes: Uint8Array<ArrayBuffer>, random: () => number) => Uint8Array<ArrayBuffer>;

function somewhere(bytes: Uint8Array, random: () => number): number {
  const kind = random();
  const at = Math.floor(random() * Math.min(TABLE_BYTES, bytes.length));
  if (kind < 0.6) return at;
  if (kind < 0.85) return bytes.length - 1 - at;
  return Math.floor(random() * bytes.length);
}

const flipBits: Mutation = (bytes, random) => {
  for (let i = Math.ceil(random() * 4); i > 0; i--) {
    const at = somewhere(bytes, random);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return bytes;
};

const truncate: Mutation = (bytes, random) =>
  bytes.slice(0, random() < 0.5 ? somewhere(bytes, random) : Math.floor(random() * bytes.length));

const blowUp: Mutation = (bytes, random) => {
  const at = Math.min(somewhere(bytes, random), bytes.length - 8);
  const value = BigInt(LENGTHS[Math.floor(random() * LENGTHS.length)] ?? 0);
  const view = new DataView(bytes.buffer);
  if (random() < 0.5) view.setUint32(at, Number(value & 0xffffffffn), true);
  else view.setBigUint64(at, value, true);
  return bytes;
};

/** Digits of a JSON header become nines, opcodes become others. */
const overwrite: Mutation = (bytes, random) => {
  const at = somewhere(bytes, random);
  const length = Math.ceil(random() * 8);
  const value = random() < 0.3 ? 0x39 : Math.floor(random() * 256);
  return bytes.fill(value, at, at + length);
};

const repeat: Mutation = (bytes, random) => {
  const from = somewhere(bytes, random);
  const piece = bytes.slice(from, from + Math.ceil(random() * 64));
  bytes.set(piece.subarray(0, bytes.length - from), Math.min(from, bytes.length - piece.length));
  const copy = new Uint8Array(bytes.length + piece.length);
  copy.set(bytes.subarray(0, from));
  copy.set(piece, from);
  copy.set(bytes.subarray(from), from + piece.length);
  return copy;
};

const MUTATIONS = [flipBits, truncate, blowUp, overwrite, repeat];

interface Outcome {
  /** The error's code, or `read`. */
  readonly code: string;
  readonly ms: number;
  /** Bytes that reading took, in buffers and objects. */
  readonly taken: number;
  /** What is wrong with the outcome itself. */
  readonly fault?: string;
}

const memory = (): number => {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
};

/** Reads as the site does, to the end. Anything but a network or a CheckpointError is a fault. */
function outcomeOf(bytes: Uint8Array): Outcome {
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
    if (!(error instanceof CheckpointError)) throw error;
    const isSentence = /^[A-Z]\P{C}*\.$/u.test(error.message);
    return { code: error.code, ...measured(), ...(!isSentence && { fault: error.message }) };
  }
}

describe.each([...FILES, { name: 'hostile.pth' }])('$name', ({ name }) => {
  const original = fixture(`checkpoints/${name}`);

  test(`${ROUNDS} damaged copies`, { timeout: 60_000 + ROUNDS * 50 }, () => {
    const random = randomFrom(SEED);
    const outcomes = Array.from({ length: ROUNDS }, (_, round) => {
      const mutate = MUTATIONS[round % MUTATIONS.length] ?? flipBits;
      return outcomeOf(mutate(original.slice(), random));
    });
    expect(outcomes.flatMap(({ fault }) => fault ?? [])).toEqual([]);
    expect(Math.max(...outcomes.map(({ ms }) => ms))).toBeLessThan(MAX_MS);
    expect(Math.max(...outcomes.map(({ taken }) => taken))).toBeLessThan(
      2 * original.length + OBJECT_BYTES,
    );
    // The damage reached the readers: the copies failed in several ways.
    const codes = new Set(outcomes.map(({ code }) => code));
    if (name === 'hostile.pth') expect(codes).not.toContain('read');
    else expect(codes.size).toBeGreaterThan(3);
  });
});
