import { CheckpointError } from './errors.ts';

/**
 * Reads little-endian numbers from bytes, one after another. Every read is checked against the end;
 * what is read is a view, never a copy. Throws a CheckpointError (`truncated`) at the end.
 */
export class Cursor {
  readonly bytes: Uint8Array;
  position: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes;
    this.position = position;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Moves past `length` bytes and returns where they began. */
  skip(length: number): number {
    const start = this.position;
    if (length > this.bytes.length - start)
      throw new CheckpointError(
        'truncated',
        `The file ends ${length - (this.bytes.length - start)} bytes too early at byte ${start}; download or copy it again.`,
      );
    this.position = start + length;
    return start;
  }

  u8(): number {
    return this.#view.getUint8(this.skip(1));
  }
  u16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }
  u32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }
  i32(): number {
    return this.#view.getInt32(this.skip(4), true);
  }
  /** Big-endian, as pickle writes its floats. */
  f64BigEndian(): number {
    return this.#view.getFloat64(this.skip(8), false);
  }
  /** A 64-bit count or offset; one beyond the exact integers cannot be right. */
  u64(): number {
    const value = this.#view.getBigUint64(this.skip(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER))
      throw new CheckpointError('limit', `A length of ${value} bytes in the file cannot be right.`);
    return Number(value);
  }
  take(length: number): Uint8Array {
    const start = this.skip(length);
    return this.bytes.subarray(start, start + length);
  }
}
