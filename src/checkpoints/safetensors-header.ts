import { CheckpointError } from './errors.ts';

/** What the header says of a tensor. */
export interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly offsets: readonly [number, number];
}

export interface Header {
  readonly entries: ReadonlyMap<string, HeaderEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** RegNetX-32GF has 450 tensors. */
const MAX_TENSORS = 65_536;
/** PyTorch's own ceiling. */
const MAX_AXES = 64;
/** A description takes one key; exporters write a dozen. */
const MAX_METADATA = 4096;

const malformed = (what: string): CheckpointError =>
  new CheckpointError('malformed', `The safetensors header ${what}.`);

/**
 * Reads the header: JSON, but of one shape only, so that it is read here. JSON.parse would build what
 * no header has, to any depth, and of two equal names keep the later without a word. Throws a
 * CheckpointError.
 */
export function parseHeader(bytes: Uint8Array): Header {
  const reader = new Reader(textOf(bytes));
  const entries = new Map<string, HeaderEntry>();
  const metadata: [string, string][] = [];
  const seen = new Set<string>();
  for (const name of reader.members('')) {
    if (seen.has(name))
      throw malformed(`lists ${name} twice, so it cannot be told which of the two is meant`);
    seen.add(name);
    if (name === '__metadata__') {
      for (const [key, value] of readMetadata(reader)) metadata.push([key, value]);
      continue;
    }
    if (entries.size >= MAX_TENSORS)
      throw new CheckpointError(
        'limit',
        `The safetensors header lists more than ${MAX_TENSORS} tensors, which cannot be right.`,
      );
    entries.set(name, readEntry(reader, name));
  }
  reader.end();
  return { entries, metadata: Object.fromEntries(metadata) };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('is no UTF-8 text');
  }
}

function readMetadata(reader: Reader): Map<string, string> {
  const metadata = new Map<string, string>();
  for (const key of reader.members('__metadata__')) {
    if (metadata.has(key)) throw malformed(`has the metadata ${key} twice`);
    if (metadata.size >= MAX_METADATA)
      throw new CheckpointError(
        'limit',
        `The safetensors header has more than ${MAX_METADATA} metadata, which cannot be right.`,
      );
    metadata.set(key, reader.string() ?? fail('has metadata that are no texts'));
  }
  return metadata;
}

function fail(what: string): never {
  throw malformed(what);
}

function readEntry(reader: Reader, name: string): HeaderEntry {
  let dtype: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  const once = (value: unknown): void => {
    if (value !== undefined) throw malformed(`describes ${name} twice`);
  };
  for (const key of reader.members(name)) {
    if (key === 'dtype') {
      once(dtype);
      dtype = reader.string();
      if (dtype === undefined) break;
    } else if (key === 'shape') {
      once(shape);
      shape = reader.counts(name, MAX_AXES);
    } else if (key === 'data_offsets') {
      once(offsets);
      offsets = reader.counts(name, 2);
    } else throw malformed(`says of ${name} what is not in the format (${key.slice(0, 40)})`);
  }
  const [begin, end] = offsets ?? [];
  if (
    dtype === undefined ||
    shape === undefined ||
    begin === undefined ||
    end === undefined ||
    begin > end
  )
    throw malformed(`describes ${name} wrongly`);
  return { dtype, shape, offsets: [begin, end] };
}

/** Reads the few kinds of JSON that a header has, in one pass. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the next character that is no blank is this one; if so, moves past it. */
  #take(character: string): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skipBlanks(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  /** The keys of an object, one after another; the caller reads each value in between. */
  *members(of: string): Generator<string> {
    if (!this.#take('{')) throw of === '' ? notJson() : malformed(`describes ${of} wrongly`);
    if (this.#take('}')) return;
    do {
      const key = this.string();
      if (key === undefined || !this.#take(':')) throw notJson();
      yield key;
    } while (this.#take(','));
    if (!this.#take('}')) throw notJson();
  }

  /** A text; undefined where none stands. */
  string(): string | undefined {
    if (!this.#take('"')) return undefined;
    const start = this.#at;
    let escaped = false;
    let end = this.#text.indexOf('"', start);
    // A quote behind an odd number of backslashes is part of the text.
    while (end >= 0 && this.#isEscaped(end, start)) {
      escaped = true;
      end = this.#text.indexOf('"', end + 1);
    }
    if (end < 0) throw notJson();
    this.#at = end + 1;
    const raw = this.#text.slice(start, end);
    return escaped || raw.includes('\\') ? unescape(raw) : raw;
  }

  #isEscaped(quote: number, start: number): boolean {
    let at = quote;
    while (at > start && this.#text[at - 1] === '\\') at--;
    return (quote - at) % 2 === 1;
  }

  /** A list of at most so many counts. */
  counts(of: string, most: number): number[] {
    const wrong = (): CheckpointError => malformed(`describes ${of} wrongly`);
    if (!this.#take('[')) throw wrong();
    const counts: number[] = [];
    if (this.#take(']')) return counts;
    do {
      if (counts.length >= most)
        throw malformed(`lists more than ${most} numbers for ${of}, which no tensor has`);
      counts.push(this.#count() ?? fail(`describes ${of} wrongly`));
    } while (this.#take(','));
    if (!this.#take(']')) throw wrong();
    return counts;
  }

  #count(): number | undefined {
    this.#skipBlanks();
    const start = this.#at;
    let count = 0;
    for (;;) {
      const digit = this.#text.charCodeAt(this.#at) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      count = 10 * count + digit;
      this.#at++;
    }
    return this.#at > start && Number.isSafeInteger(count) ? count : undefined;
  }

  end(): void {
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw notJson();
  }
}

function notJson(): CheckpointError {
  return malformed('is no JSON object');
}

function unescape(raw: string): string {
  try {
    const text: unknown = JSON.parse(`"${raw}"`);
    if (typeof text === 'string') return text;
  } catch {
    // Falls through to the error below.
  }
  throw notJson();
}
