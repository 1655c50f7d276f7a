import { Cursor } from './cursor.ts';
import { CheckpointError } from './errors.ts';
import { halfBits } from './half.ts';
import { ForeignTensor } from './placeholder.ts';
import { parseHeader, type Header, type HeaderEntry } from './safetensors-header.ts';
import { elementsOf, ITEM_BYTES, Storage, Tensor, type Dtype } from './tensor.ts';

/**
 * The safetensors container: eight bytes of header length, a JSON header, the tensors' bytes.
 * Format: https://huggingface.co/docs/safetensors (section "Format").
 */

/** The format allows 100 MB; RegNetX-32GF's header has 60 KB. */
const MAX_HEADER_BYTES = 16 * 1024 * 1024;
/** The header is padded with spaces so that tensors begin at multiples of this. */
const ALIGNMENT = 8;
/** Of the header's length, in front of it. */
const LENGTH_BYTES = 8;

export interface SafetensorsFile {
  readonly tensors: Map<string, Tensor | ForeignTensor>;
  /** The strings under `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Whether the bytes begin as safetensors do: a length that the file can hold, then `{`. */
export function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes.length >= 10 && bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0;
}

/** Reads the header; tensors are views of `bytes`. Throws a CheckpointError. */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const cursor = new Cursor(bytes);
  const { entries, metadata } = parseHeader(cursor.take(headerLength(cursor)));
  const data = bytes.subarray(cursor.position);
  const tensors = new Map<string, Tensor | ForeignTensor>();
  for (const [name, entry] of entries) tensors.set(name, tensorOf(name, entry, data));
  checkCoverage(
    Array.from(entries.values(), ({ offsets }) => offsets),
    data.length,
  );
  return { tensors, metadata };
}

/** The number of bytes that the header takes. */
function headerLength(cursor: Cursor): number {
  const length = cursor.u64();
  if (length > MAX_HEADER_BYTES)
    throw new CheckpointError(
      'limit',
      `The safetensors header claims ${length} bytes; more than ${MAX_HEADER_BYTES} cannot be right.`,
    );
  return length;
}

/** Reads the header of a file and nothing else; tells where the tensors' bytes begin. */
export async function readHeader(
  file: Blob,
): Promise<{ readonly header: Header; readonly dataStart: number }> {
  const read = async (from: number, to: number): Promise<Cursor> =>
    new Cursor(new Uint8Array(await file.slice(from, to).arrayBuffer()));
  const length = headerLength(await read(0, LENGTH_BYTES));
  const dataStart = LENGTH_BYTES + length;
  return { header: parseHeader((await read(LENGTH_BYTES, dataStart)).take(length)), dataStart };
}

function tensorOf(
  name: string,
  { dtype, shape, offsets: [begin, end] }: HeaderEntry,
  data: Uint8Array,
): Tensor | ForeignTensor {
  if (end > data.length)
    throw new CheckpointError(
      'truncated',
      `The file ends ${end - data.length} bytes before the end of ${name}; download or copy it again.`,
    );
  if (!isDtype(dtype)) return new ForeignTensor(`a tensor of type ${dtype.slice(0, 40)}`);
  if (end - begin !== elementsOf(shape) * ITEM_BYTES[dtype])
    throw new CheckpointError('malformed', `The tensor ${name} has another size than its shape.`);
  return new Tensor(new Storage(dtype, data.subarray(begin, end)), shape);
}

/** The format forbids holes and overlaps; a file with either is damaged or a trick. */
function checkCoverage(unsorted: readonly (readonly [number, number])[], size: number): void {
  const spans = unsorted.toSorted(([a, aEnd], [b, bEnd]) => a - b || aEnd - bEnd);
  let reached = 0;
  for (const [begin, end] of spans) {
    if (begin !== reached)
      throw new CheckpointError(
        'malformed',
        `The tensors leave a gap or overlap at byte ${begin}.`,
      );
    reached = end;
  }
  if (reached !== size)
    throw new CheckpointError(
      'malformed',
      `The file has ${size - reached} bytes that belong to no tensor.`,
    );
}

function isDtype(name: string): name is Dtype {
  return Object.hasOwn(ITEM_BYTES, name);
}

/** A tensor to be written; `values` is called once, when its turn comes. */
export interface TensorToWrite {
  readonly name: string;
  readonly dtype: 'F32' | 'F16';
  readonly shape: readonly number[];
  readonly values: () => Float32Array;
}

/**
 * Tensors as safetensors, piece by piece: the header, then each tensor, so that a large file need not
 * stand in memory twice. Pieces share a buffer: each must be used before the next is asked for. Float32 comes before float16 so that all stay aligned,
 * otherwise the order is the one given; equal input gives equal bytes. Throws a CheckpointError
 * (`bad-values`) when a value is beyond float16.
 */
export function* safetensorsPieces(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
): Generator<Uint8Array<ArrayBuffer>> {
  const { ordered, header } = layOut(tensors, metadata);
  yield header;
  const scratch = new Uint8Array(Math.max(0, ...ordered.map(byteLengthOf)));
  for (const tensor of ordered) {
    const piece = scratch.subarray(0, byteLengthOf(tensor));
    encode(tensor, piece);
    yield piece;
  }
}

/** As `safetensorsPieces`, in one buffer. */
export function writeSafetensors(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const { ordered, header, dataBytes } = layOut(tensors, metadata);
  const file = new Uint8Array(header.length + dataBytes);
  file.set(header);
  let at = header.length;
  for (const tensor of ordered) {
    const end = at + byteLengthOf(tensor);
    encode(tensor, file.subarray(at, end));
    at = end;
  }
  return file;
}

function byteLengthOf({ shape, dtype }: TensorToWrite): number {
  return elementsOf(shape) * ITEM_BYTES[dtype];
}

/** The order of the tensors, and all that stands before the first. */
function layOut(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
): { ordered: TensorToWrite[]; header: Uint8Array<ArrayBuffer>; dataBytes: number } {
  const ordered = tensors.toSorted((a, b) => ITEM_BYTES[b.dtype] - ITEM_BYTES[a.dtype]);
  const entries = new Map<string, HeaderEntry>();
  let end = 0;
  for (const tensor of ordered) {
    const begin = end;
    end += byteLengthOf(tensor);
    const { name, dtype, shape } = tensor;
    entries.set(name, { dtype, shape, offsets: [begin, end] });
  }
  return { ordered, header: safetensorsHeader(entries, metadata), dataBytes: end };
}

/** All that stands before the first tensor of a file. */
export function safetensorsHeader(
  entries: ReadonlyMap<string, HeaderEntry>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const members = Array.from(entries, ([name, { dtype, shape, offsets }]) => [
    name,
    { dtype, shape, data_offsets: offsets },
  ]);
  const fields = [['__metadata__', metadata], ...members].map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  const json = new TextEncoder().encode(`{${fields.join(',')}}`);
  const padded = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(LENGTH_BYTES + padded).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(padded), true);
  header.set(json, LENGTH_BYTES);
  return header;
}

function encode(
  { name, dtype, values }: TensorToWrite,
  { buffer, byteOffset, byteLength }: Uint8Array,
): void {
  const elements = byteLength / ITEM_BYTES[dtype];
  if (dtype === 'F32') new Float32Array(buffer, byteOffset, elements).set(values());
  else encodeHalf(name, values(), new Uint16Array(buffer, byteOffset, elements));
}

function encodeHalf(name: string, values: Float32Array, out: Uint16Array): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    const half = halfBits(value);
    if ((half & 0x7c00) === 0x7c00)
      throw new CheckpointError(
        'bad-values',
        `The tensor ${name} holds ${value}, which float16 cannot hold; write float32 instead.`,
      );
    out[i] = half;
  }
}
