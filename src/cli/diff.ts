import {
  CheckpointError,
  diffCheckpoints,
  type CheckpointDiff,
  type Fitted,
} from '../checkpoints/index.ts';
import { parseOptions, UsageError } from './arguments.ts';
import { readFittingFile } from './checkpoint-file.ts';
import { table } from './table.ts';
import { printJson, printLines } from './terminal.ts';

/** `regnetx diff`: two checkpoints of any origin, layer by layer. */
export async function diff(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } });
  const [first, second, ...rest] = positionals;
  if (first === undefined || second === undefined || rest.length > 0)
    throw new UsageError('Name two checkpoint files.');
  const result = diffCheckpoints(await open(first), await open(second));
  if (values.json) printJson({ a: first, b: second, ...result });
  else printLines(toLines(first, second, result));
}

/** A file that can be compared; of two, the sentence must say which cannot. */
async function open(file: string): Promise<Fitted> {
  try {
    return await readFittingFile(file);
  } catch (error) {
    if (error instanceof CheckpointError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

function toLines(
  a: string,
  b: string,
  { verdict, reason, settings, layers }: CheckpointDiff,
): string[] {
  return [
    `${verdict}: ${reason}`,
    '',
    `a  ${a}`,
    `b  ${b}`,
    '',
    ...table(
      ['setting', 'a', 'b', ''],
      settings.map((s) => [s.name, s.a ?? '', s.b ?? '', s.same ? '' : 'differs']),
    ),
    '',
    ...table(
      ['layer', 'relative L2', 'cosine', ''],
      layers.map((layer) => [
        layer.name,
        tellL2(layer.relativeL2),
        layer.cosine?.toFixed(6) ?? '',
        layer.obstacle ?? '',
      ]),
    ),
  ];
}

function tellL2(value: number | null): string {
  if (value === null) return '';
  return value === 0 ? '0' : value.toExponential(2);
}
