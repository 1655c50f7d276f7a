/** A file of which only parts are here. */
import type { Range } from './ask.ts';

/** Parts that are so near to each other are asked for together: a request costs more than this. */
const GAP_BYTES = 256 * 1024;
/** Zeros in a row, of which a gap is made. */
const ZEROS = 4 * 1024 * 1024;

/** Ranges in order, those that touch or nearly touch joined. */
export function joined(ranges: readonly Range[], gap = GAP_BYTES): Range[] {
  const out: { from: number; to: number }[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && from - last.to <= gap) last.to = Math.max(last.to, to);
    else if (to > from) out.push({ from, to });
  }
  return out;
}

export const bytesIn = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from, 0);

/** The parts of a file that have arrived; all else reads as zeros. */
export class Pieces {
  readonly size: number;
  readonly #pieces: { readonly from: number; readonly bytes: Uint8Array<ArrayBuffer> }[] = [];

  constructor(size: number) {
    this.size = size;
  }

  put(from: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#pieces.push({ from, bytes });
    this.#pieces.sort((a, b) => a.from - b.from);
  }

  /** A buffer of the file's size; the system gives it memory only where something is written. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.size);
    for (const { from, bytes } of this.#pieces) all.set(bytes, from);
    return all;
  }

  /** As `toBytes`, for the browser to keep. */
  toBlob(): Blob {
    const zeros = new Blob([new Uint8Array(Math.min(this.size, ZEROS))]);
    const parts: BlobPart[] = [];
    let at = 0;
    const fill = (to: number) => {
      for (; at < to; at += Math.min(ZEROS, to - at))
        parts.push(zeros.slice(0, Math.min(ZEROS, to - at)));
    };
    for (const { from, bytes } of this.#pieces) {
      fill(from);
      // Parts may overlap: what is there already is left out.
      const rest = bytes.subarray(at - from);
      parts.push(rest);
      at += rest.length;
    }
    fill(this.size);
    return new Blob(parts);
  }
}
