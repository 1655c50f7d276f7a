/**
 * As much of the protocol buffers wire format as an ONNX file takes
 * (https://protobuf.dev/programming-guides/encoding/). A message is the list of its encoded fields,
 * a field the list of its parts; large parts are made only when they are written.
 */
export type Field = readonly Part[];

type Part = Uint8Array<ArrayBuffer> | Later;

/** Bytes whose number is known before they are. */
export interface Later {
  readonly length: number;
  readonly make: () => Uint8Array<ArrayBuffer>;
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const encoder = new TextEncoder();

/** Whole numbers from 0; the negative ones that ONNX knows do not occur here. */
export function varint(field: number, value: number): Field {
  return [varintBytes(field * 8 + VARINT), varintBytes(value)];
}

export function bytes(field: number, value: Part): Field {
  return delimited(field, [value]);
}

export function string(field: number, value: string): Field {
  return delimited(field, [encoder.encode(value)]);
}

export function message(field: number, ...fields: readonly Field[]): Field {
  return delimited(field, fields.flat());
}

function delimited(field: number, parts: readonly Part[]): Field {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [varintBytes(field * 8 + LENGTH_DELIMITED), varintBytes(length), ...parts];
}

/** The bytes of a whole message: what is small joined, what comes later by itself. */
export function* piecesOf(fields: readonly Field[]): Generator<Uint8Array<ArrayBuffer>> {
  let small: Uint8Array[] = [];
  for (const part of fields.flat()) {
    if (part instanceof Uint8Array) {
      small.push(part);
      continue;
    }
    yield join(small);
    small = [];
    yield part.make();
  }
  yield join(small);
}

/** Pieces as one. */
export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Seven bits a byte, the lowest first, the highest bit set in all but the last. */
function varintBytes(value: number): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  out.push(rest);
  return Uint8Array.from(out);
}
