/**
 * As much of the protocol buffers wire format as an ONNX file takes
 * (https://protobuf.dev/programming-guides/encoding/). A message is the list of its encoded fields.
 */
export type Field = readonly Uint8Array[];

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const encoder = new TextEncoder();

/** Whole numbers from 0; the negative ones that ONNX knows do not occur here. */
export function varint(field: number, value: number): Field {
  return [varintBytes(field * 8 + VARINT), varintBytes(value)];
}

export function bytes(field: number, value: Uint8Array): Field {
  return [varintBytes(field * 8 + LENGTH_DELIMITED), varintBytes(value.length), value];
}

export function string(field: number, value: string): Field {
  return bytes(field, encoder.encode(value));
}

export function message(field: number, ...fields: readonly Field[]): Field {
  return bytes(field, concat(fields));
}

/** The bytes of a whole message. */
export function concat(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const parts = fields.flat();
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Seven bits a byte, the lowest first, the highest bit set in all but the last. */
function varintBytes(value: number): Uint8Array {
  const out: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  out.push(rest);
  return Uint8Array.from(out);
}
