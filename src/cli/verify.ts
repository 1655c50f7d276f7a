import { z } from 'zod';
import { foldBatchNorm } from '../checkpoints/index.ts';
import { createNetwork } from '../engine/network.ts';
import { layersOf } from '../regnet/index.ts';
import { onePositional, parseOptions, UsageError } from './arguments.ts';
import { CHANNEL_ORDER_OPTION, channelOrderOf, readFittingFile } from './checkpoint-file.ts';
import { readBytes } from './read-file.ts';
import { printJson, printLines } from './terminal.ts';

/** A network's input and what PyTorch made of it, as in tests/fixtures/checkpoints/golden.json. */
const goldenSchema = z.object({
  input: z.object({
    /** Pictures, channels, height, width; normalised. */
    shape: z.tuple([z.int().positive(), z.literal(3), z.int().positive(), z.int().positive()]),
    data: z.array(z.number()),
  }),
  logits: z.array(z.array(z.number())).nonempty(),
});

type Golden = z.infer<typeof goldenSchema>;

/** `regnetx verify`: how far a checkpoint's logits are from PyTorch's. */
export async function verify(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    ...CHANNEL_ORDER_OPTION,
    golden: { type: 'string' },
    json: { type: 'boolean' },
  });
  const file = onePositional(positionals, 'a checkpoint file');
  if (values.golden === undefined) throw new UsageError('Name the reference with --golden FILE.');
  const golden = await readGolden(values.golden);
  const logits = await logitsOf(file, channelOrderOf(values), golden);
  const result = compare(logits, golden.logits);
  if (values.json) printJson(result);
  else
    printLines([
      `largest error of a logit ${result.maxAbsError.toExponential(3)}, same top-1 in ${(100 * result.top1Agreement).toFixed(1)}% of ${golden.logits.length}`,
    ]);
}

async function readGolden(file: string): Promise<Golden> {
  let value: unknown;
  const text = new TextDecoder().decode(await readBytes(file));
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is no JSON.`);
  }
  const { data: golden, error } = goldenSchema.safeParse(value);
  if (!golden) {
    const [issue] = error.issues;
    throw new UsageError(
      `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}.`,
    );
  }
  const { shape, data } = golden.input;
  if (data.length !== shape.reduce((a, b) => a * b) || golden.logits.length !== shape[0])
    throw new UsageError(`${file}: input and logits do not have the shape ${shape.join('x')}.`);
  if (shape[2] !== shape[3]) throw new UsageError(`${file}: only square pictures can be verified.`);
  return golden;
}

/**
 * Runs the golden's input on the CPU. It stands in the order in which the network took its channels
 * where it came from, so for a network whose stem was flipped to RGB the input is flipped, too.
 */
async function logitsOf(
  file: string,
  channelOrder: 'RGB' | 'BGR' | undefined,
  { input }: Golden,
): Promise<Float32Array[]> {
  const { checkpoint, fit } = await readFittingFile(file, channelOrder);
  const [pictures, , size] = input.shape;
  const layers = layersOf(fit.stages, size, fit.classes);
  const network = await createNetwork(layers, foldBatchNorm(layers, checkpoint.tensors), 'cpu');
  try {
    const channels = checkpoint.sourceChannelOrder === 'BGR' ? [2, 1, 0] : [0, 1, 2];
    const logits = await network.predict(
      toNhwc(input.data, pictures, size * size, channels),
      pictures,
    );
    return Array.from({ length: pictures }, (_, i) =>
      logits.subarray(i * fit.classes, (i + 1) * fit.classes),
    );
  } finally {
    network.dispose();
  }
}

function toNhwc(
  data: readonly number[],
  pictures: number,
  pixels: number,
  channels: readonly number[],
): Float32Array {
  const out = new Float32Array(data.length);
  let at = 0;
  for (let picture = 0; picture < pictures; picture++)
    for (let pixel = 0; pixel < pixels; pixel++)
      for (const channel of channels)
        out[at++] = data[(picture * 3 + channel) * pixels + pixel] ?? 0;
  return out;
}

function compare(ours: readonly Float32Array[], theirs: readonly (readonly number[])[]) {
  let maxAbsError = 0;
  let agreeing = 0;
  for (const [i, expected] of theirs.entries()) {
    const found = ours[i] ?? new Float32Array(0);
    if (found.length !== expected.length)
      throw new UsageError(
        `The network has ${found.length} classes, the reference ${expected.length}.`,
      );
    for (const [k, value] of expected.entries())
      maxAbsError = Math.max(maxAbsError, Math.abs((found[k] ?? NaN) - value));
    if (found.indexOf(Math.max(...found)) === expected.indexOf(Math.max(...expected))) agreeing++;
  }
  return { maxAbsError, top1Agreement: agreeing / theirs.length };
}
