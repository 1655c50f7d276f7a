/** Texts and numbers as pickles spell them. */
import { Placeholder } from './placeholder.ts';

/** Shorter texts are put together here, which is faster than asking the decoder. */
const SHORT = 12;
/** Arguments of one call: engines limit them. */
const CHUNK = 8192;
/** Integers beyond are kept only as a name: nothing needs them, and decimals take long to convert. */
const MAX_INTEGER_BYTES = 1024;
const MAX_INTEGER_DIGITS = 2400;
/** Escapes in longer texts stay as they are: no name is that long. */
const MAX_ESCAPED = 65_536;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** A short text of ASCII; undefined for any other. */
function shortAscii(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > SHORT) return undefined;
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte > 0x7f) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** UTF-8 from `start` to `end`. Python also writes lone surrogates; they become U+FFFD. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  return shortAscii(bytes, start, end) ?? utf8.decode(bytes.subarray(start, end));
}

/** Python 2's byte strings: UTF-8 if they are, else Latin-1. */
export function decodeByteString(bytes: Uint8Array, start: number, end: number): string {
  const short = shortAscii(bytes, start, end);
  if (short !== undefined) return short;
  const view = bytes.subarray(start, end);
  // Asking the strict decoder would cost an exception a text.
  const text = utf8.decode(view);
  return text.includes('\ufffd') ? decodeLatin1(view) : text;
}

/** One character a byte; the decoder of that name is Windows-1252. */
function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text;
}

/** Two's complement, little-endian, any length, from `start` to `end`. */
export function decodeInteger(
  bytes: Uint8Array,
  start: number,
  end: number,
): number | bigint | Placeholder {
  const length = end - start;
  if (length === 0) return 0;
  if (length > MAX_INTEGER_BYTES) return new Placeholder('builtins.int');
  if (length <= 6) {
    let value = 0;
    for (let i = end - 1; i >= start; i--) value = value * 256 + (bytes[i] ?? 0);
    return (bytes[end - 1] ?? 0) > 0x7f ? value - 256 ** length : value;
  }
  let hex = '0x';
  for (let i = end - 1; i >= start; i--) hex += (bytes[i] ?? 0).toString(16).padStart(2, '0');
  return narrow(BigInt.asIntN(8 * length, BigInt(hex)));
}

/** Decimal digits; undefined for what is no integer. */
export function parseInteger(text: string): number | bigint | Placeholder | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  if (text.length > MAX_INTEGER_DIGITS) return new Placeholder('builtins.int');
  return narrow(BigInt(text.startsWith('+') ? text.slice(1) : text));
}

function narrow(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** Python's repr of a float; undefined for what is none. */
export function parseFloat(text: string): number | undefined {
  if (/^[+-]?nan$/.test(text)) return NaN;
  if (/^[+-]?inf$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? undefined : value;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Python's repr of a byte string, in quotes; undefined for what is none. */
export function parseByteString(text: string): string | undefined {
  const quoted = /^(['"])(.*)\1$/s.exec(text.trim())?.[2];
  if (quoted === undefined || quoted.length > MAX_ESCAPED) return quoted;
  return quoted.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))/gs,
    (_, hex?: string, octal?: string, plain?: string) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff);
      return ESCAPES[plain ?? ''] ?? plain ?? '';
    },
  );
}

/** Python's raw-unicode-escape. */
export function parseUnicode(text: string): string {
  if (text.length > MAX_ESCAPED) return text;
  return text.replaceAll(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (escape, four, eight) => {
    const code = parseInt(String(four ?? eight), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : escape;
  });
}
