/** How a format is recognised: from a file's first bytes, an archive's names, or what a pickle holds. */
import { Placeholder } from './placeholder.ts';

/** The first bytes of a file: as they are, and as text. */
export interface Head {
  readonly bytes: Uint8Array;
  /** One character a byte. */
  readonly latin1: string;
  /** Without leading blanks; empty when the head is no text. */
  readonly text: string;
}

/** What a pickle held, the names in it that are not on the allow-list, and whether it is PyTorch's. */
export interface PickleContents {
  readonly saved: unknown;
  readonly globals: ReadonlySet<string>;
  readonly isTorch: boolean;
}

export type Sign =
  | { readonly in: 'head'; readonly test: (head: Head) => boolean }
  | { readonly in: 'archive'; readonly test: (names: readonly string[]) => boolean }
  | { readonly in: 'pickle'; readonly test: (pickle: PickleContents) => boolean };

/** Enough for tar's mark at byte 257 and for the first keys of a JSON file. */
const HEAD_BYTES = 4096;
/** What stands in no text: control characters but for blanks. */
const CONTROL = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/;

export function headOf(bytes: Uint8Array): Head {
  const head = bytes.subarray(0, HEAD_BYTES);
  let latin1 = '';
  for (const byte of head) latin1 += String.fromCharCode(byte);
  const isText = !CONTROL.test(latin1);
  return { bytes: head, latin1, text: isText ? new TextDecoder().decode(head).trimStart() : '' };
}

/** These characters, one a byte, at this position. */
export const magic = (characters: string, at = 0): Sign => ({
  in: 'head',
  test: ({ latin1 }) => latin1.startsWith(characters, at),
});

/** One of several marks at the same position. */
export const oneOf = (marks: readonly string[], at = 0): Sign => ({
  in: 'head',
  test: ({ latin1 }) => marks.some((mark) => latin1.startsWith(mark, at)),
});

/** A text that matches. */
export const text = (pattern: RegExp): Sign => ({
  in: 'head',
  test: (head) => head.text !== '' && pattern.test(head.text),
});

export const head = (test: (head: Head) => boolean): Sign => ({ in: 'head', test });

/** An archive in which some name matches. */
export const entry = (pattern: RegExp): Sign => ({
  in: 'archive',
  test: (names) => names.some((name) => pattern.test(name)),
});

/** An archive in which all names match. */
export const entries = (pattern: RegExp): Sign => ({
  in: 'archive',
  test: (names) => names.length > 0 && names.every((name) => pattern.test(name)),
});

/** A dictionary with all of these keys. */
export const keys = (...wanted: readonly string[]): Sign => ({
  in: 'pickle',
  test: ({ saved }) => saved instanceof Map && wanted.every((key) => saved.has(key)),
});

/** An object whose class matches. */
export const object = (pattern: RegExp): Sign => ({
  in: 'pickle',
  test: ({ saved }) => saved instanceof Placeholder && pattern.test(saved.name),
});

/** A pickle of `pickle.dump` that holds what `test` looks for. */
export const dumped = (test: (pickle: PickleContents) => boolean): Sign => ({
  in: 'pickle',
  test: (pickle) => !pickle.isTorch && test(pickle),
});

/** Whether a pickle names something that matches. */
export const names =
  (pattern: RegExp) =>
  ({ globals }: PickleContents): boolean =>
    [...globals].some((name) => pattern.test(name));

/** ONNX has no mark: a protobuf of the format's version, then the producer's name or the graph. */
export function looksLikeOnnx({ bytes, latin1 }: Head): boolean {
  const [first, version = 0, tag, length = 0] = bytes;
  if (first !== 0x08 || version < 1 || version > 0x20) return false;
  if (tag === 0x12) return length > 0 && /^[\x20-\x7e]+$/.test(latin1.slice(4, 4 + length));
  return tag === 0x3a || tag === 0x42 || tag === 0x1a;
}

/** A protobuf whose second field is a message: Core ML's, or a SavedModel's. */
export function looksLikeCoreMl({ bytes }: Head): boolean {
  return bytes[0] === 0x08 && (bytes[1] ?? 0) >= 1 && (bytes[1] ?? 0) <= 0x20 && bytes[2] === 0x12;
}

/** A map of a few entries whose first key is a short text. */
export function looksLikeMessagePack({ bytes }: Head): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  const isShortText = (byte: number): boolean => byte >= 0xa1 && byte <= 0xbf;
  if (first > 0x80 && first <= 0x8f) return isShortText(second) || second === 0xd9;
  return first === 0xde && (isShortText(fourth) || (third === 0 && fourth === 0xd9));
}
