import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Something that the person at the terminal can mend; the message is one sentence. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/**
 * Node's parseArgs with positionals, errors as UsageError, and negative numbers as values:
 * `--wa -1` means `--wa=-1`.
 */
export function parseOptions<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    if (last?.startsWith('--') && !last.includes('=') && /^-[\d.]/.test(arg))
      joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  try {
    return parseArgs({ args: joined, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The only positional argument, or a UsageError that names what is wanted. */
export function onePositional(positionals: readonly string[], what: string): string {
  const [first, ...rest] = positionals;
  if (first !== undefined && rest.length === 0) return first;
  throw new UsageError(
    first === undefined
      ? `Name ${what}.`
      : `Name only ${what}; ${rest.join(' ')} is one thing too many.`,
  );
}

/** One of a few words, or a UsageError that lists them. */
export function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new UsageError(`${option} must be ${choices.join(' or ')}, not ${value}.`);
}

/** A path as the person meant it: npm runs scripts in the package's folder, not in theirs. */
export function resolvePath(file: string): string {
  const isNpmRun = process.env.npm_lifecycle_event === 'regnetx';
  return path.resolve((isNpmRun ? process.env.INIT_CWD : undefined) ?? '.', file);
}

/** A file's bytes. Throws a UsageError when it cannot be read. */
export async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { buffer, byteOffset, length } = await readFile(resolvePath(file));
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'permission was denied';
  return error instanceof Error ? error.message : String(error);
}

/** Writes one JSON document, or the lines of a text. */
export function print(output: string | object): void {
  const text = typeof output === 'string' ? output : JSON.stringify(output, null, 2);
  process.stdout.write(`${text}\n`);
}
