/** A thread that prepares pictures: bytes to normalised pixels and their hash. */
import { createHash } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import { imageSize } from 'image-size';
import sharp from 'sharp';
import type { Preprocessing } from '../../checkpoints/index.ts';
import { MAX_PIXELS, MAX_SIDE } from '../../engine/preprocess/decode.ts';
import { cropOf, normalise } from '../../engine/preprocess/index.ts';
import { decodeBytes, whyUndecodable } from '../decode-picture.ts';
import { answerEach } from './asking.ts';

const preprocessing = workerData as Preprocessing;
// Threads are enough: each picture has one.
sharp.concurrency(1);

async function prepare(bytes: Uint8Array<ArrayBuffer>) {
  await requireSize(bytes);
  const pixels = normalise(cropOf(await decodeBytes(bytes), preprocessing), preprocessing);
  return { pixels, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The page's limits hold here as well, so that both count the same pictures. */
async function requireSize(bytes: Uint8Array): Promise<void> {
  const { width, height } = await sizeOf(bytes);
  if (width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS) return;
  const [w, h, side] = [width, height, MAX_SIDE].map((n) => n.toLocaleString('en'));
  throw new Error(
    `It measures ${w} × ${h} pixels, more than are counted (${side} a side, ${MAX_PIXELS / 1e6} million in all); scale it down`,
  );
}

/** By the file's header, which takes microseconds; by libvips where that is of an unusual kind. */
async function sizeOf(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  try {
    return imageSize(bytes);
  } catch {
    return sharp(bytes).metadata();
  }
}

answerEach(prepare, ({ pixels }) => [pixels.buffer], whyUndecodable);
