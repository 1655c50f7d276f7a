import { CheckpointError } from './errors.ts';
import { decodeBfloat16, decodeHalf } from './half.ts';

/** Element types by their safetensors names, with the bytes that one takes. */
export const ITEM_BYTES = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;

export type Dtype = keyof typeof ITEM_BYTES;

/** A run of elements of one type in the file; several tensors may look at one. */
export class Storage {
  readonly dtype: Dtype;
  /** A view of the file, little-endian. Old PyTorch files bring it after the tensors. */
  bytes: Uint8Array;
  constructor(dtype: Dtype, bytes: Uint8Array) {
    this.dtype = dtype;
    this.bytes = bytes;
  }
}

/** A view of a storage, as PyTorch has it. Nothing is decoded until `toFloat32`. */
export class Tensor {
  readonly storage: Storage;
  readonly shape: readonly number[];
  /** Steps between neighbours along each axis, in elements; negative along a flipped axis. */
  readonly strides: readonly number[];
  /** The first element, counted in elements from the storage's start. */
  readonly offset: number;
  constructor(
    storage: Storage,
    shape: readonly number[],
    strides: readonly number[] = contiguousStrides(shape),
    offset = 0,
  ) {
    this.storage = storage;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }
}

/** PyTorch's own ceiling. */
const MAX_AXES = 64;

/** The number of elements of a shape. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The strides of a tensor whose elements stand in order, last axis fastest. */
function contiguousStrides(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] ?? 1;
  }
  return strides;
}

/**
 * Checks numbers read from a file: whole, not negative, and within the storage. A tensor may have more
 * elements than its storage (an expanded one, of stride 0). Throws a CheckpointError that names the
 * tensor.
 */
export function checkTensor(name: string, tensor: Tensor): void {
  const { shape, strides, offset, storage } = tensor;
  if (shape.length > MAX_AXES || strides.length !== shape.length)
    throw new CheckpointError('malformed', `The tensor ${name} has no sensible shape.`);
  const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
  if (![offset, ...shape, ...strides, elementsOf(shape)].every(isCount))
    throw new CheckpointError(
      'malformed',
      `The tensor ${name} has a size that is no whole number.`,
    );
  const available = storage.bytes.length / ITEM_BYTES[storage.dtype];
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * (strides[axis] ?? 0), offset);
  if (elementsOf(shape) > 0 && last >= available)
    throw new CheckpointError('malformed', `The tensor ${name} reaches beyond its storage.`);
}

/** Bytes that all tensors may take as float32, for each byte of the file and in any case. */
const DECODED_PER_BYTE = 6;
const DECODED_ALLOWANCE = 16 * 2 ** 20;

/**
 * Checks every tensor, and all together: tensors may share a storage or repeat its elements, but not
 * so that a small file grows without end. Throws a CheckpointError.
 */
export function checkTensors(tensors: ReadonlyMap<string, Tensor>, fileBytes: number): void {
  const limit = DECODED_PER_BYTE * fileBytes + DECODED_ALLOWANCE;
  let together = 0;
  for (const [name, tensor] of tensors) {
    checkTensor(name, tensor);
    together += Float32Array.BYTES_PER_ELEMENT * elementsOf(tensor.shape);
    if (together > limit)
      throw new CheckpointError(
        'limit',
        `The tensors up to ${name} claim ${together} bytes together, far more than the file's ${fileBytes}.`,
      );
  }
}

/** The same tensor seen backwards along one axis; no element moves. */
export function flip(tensor: Tensor, axis: number): Tensor {
  const stride = tensor.strides[axis] ?? 0;
  const size = tensor.shape[axis] ?? 1;
  const strides = tensor.strides.map((s, a) => (a === axis ? -s : s));
  return new Tensor(tensor.storage, tensor.shape, strides, tensor.offset + (size - 1) * stride);
}

/** Bytes that the tensor's elements take. */
export function bytesOf({ shape, storage }: Tensor): number {
  return elementsOf(shape) * ITEM_BYTES[storage.dtype];
}

function isContiguous({ shape, strides }: Tensor): boolean {
  const expected = contiguousStrides(shape);
  return shape.every((size, axis) => size === 1 || strides[axis] === expected[axis]);
}

/**
 * The elements in order, last axis fastest, as float32 (exact for all but F64 and large integers).
 * Reads a checked tensor. The result may be a view of the file itself: do not write to it.
 */
export function toFloat32(tensor: Tensor): Float32Array {
  const { shape, offset, storage } = tensor;
  const { dtype } = storage;
  const elements = elementsOf(shape);
  if (!isContiguous(tensor) || !(dtype === 'F32' || dtype === 'F16' || dtype === 'BF16'))
    return gather(tensor);
  const size = ITEM_BYTES[dtype];
  let bytes = storage.bytes.subarray(offset * size, (offset + elements) * size);
  if (bytes.byteOffset % size !== 0) bytes = new Uint8Array(bytes);
  if (dtype === 'F32') return new Float32Array(bytes.buffer, bytes.byteOffset, elements);
  const words = new Uint16Array(bytes.buffer, bytes.byteOffset, elements);
  return dtype === 'F16' ? decodeHalf(words) : decodeBfloat16(words);
}

type ReadElement = (view: DataView, byte: number) => number;
const word = new Uint16Array(1);

const READERS: Readonly<Record<Dtype, ReadElement>> = {
  F64: (view, byte) => view.getFloat64(byte, true),
  F32: (view, byte) => view.getFloat32(byte, true),
  F16: (view, byte) => {
    word[0] = view.getUint16(byte, true);
    return decodeHalf(word)[0] ?? 0;
  },
  BF16: (view, byte) => {
    word[0] = view.getUint16(byte, true);
    return decodeBfloat16(word)[0] ?? 0;
  },
  I64: (view, byte) => Number(view.getBigInt64(byte, true)),
  I32: (view, byte) => view.getInt32(byte, true),
  I16: (view, byte) => view.getInt16(byte, true),
  I8: (view, byte) => view.getInt8(byte),
  U8: (view, byte) => view.getUint8(byte),
  BOOL: (view, byte) => view.getUint8(byte),
};

/** Collects the elements one by one, whatever the strides. */
function gather({ shape, strides, offset, storage }: Tensor): Float32Array {
  const { bytes, dtype } = storage;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = READERS[dtype];
  const out = new Float32Array(elementsOf(shape));
  const index = shape.map(() => 0);
  let at = offset;
  for (let i = 0; i < out.length; i++) {
    out[i] = read(view, at * ITEM_BYTES[dtype]);
    // Count the index up like an odometer, moving `at` along.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      const stride = strides[axis] ?? 0;
      if (next < (shape[axis] ?? 1)) {
        index[axis] = next;
        at += stride;
        break;
      }
      at -= (next - 1) * stride;
      index[axis] = 0;
    }
  }
  return out;
}
