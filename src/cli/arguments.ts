import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Something that the person at the terminal can mend; the message is one sentence. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/**
 * Node's parseArgs with positionals, errors as UsageError, `--no-x` for a boolean x, and negative
 * numbers as values: `--wa -1` means `--wa=-1`.
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
    return parseArgs({
      args: joined,
      options,
      allowPositionals: true,
      allowNegative: true,
      strict: true,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.replaceAll(/\s*\n\s*/g, ' '));
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
