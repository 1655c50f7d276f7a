/** A file that grows while it arrives. */
export interface PartialFile {
  /** Bytes that are there. */
  readonly length: number;
  /** Whether it outlives the page. */
  readonly lasting: boolean;
  append(piece: Uint8Array<ArrayBuffer>): void | Promise<void>;
  /** What is there, from the start, in pieces. */
  pieces(): AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Begins anew. */
  clear(): void;
}

/** Small pieces are joined to a blob of this size, which the browser may put aside. */
const JOIN_BYTES = 8 * 1024 * 1024;

/** A file in memory, for browsers that keep nothing. */
export class MemoryFile implements PartialFile {
  readonly lasting = false;
  #joined = new Blob();
  #loose: Uint8Array<ArrayBuffer>[] = [];
  #looseBytes = 0;

  get length(): number {
    return this.#joined.size + this.#looseBytes;
  }

  append(piece: Uint8Array<ArrayBuffer>): void {
    this.#loose.push(piece);
    this.#looseBytes += piece.length;
    if (this.#looseBytes >= JOIN_BYTES) this.#join();
  }

  async *pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const whole = this.blob();
    for (let at = 0; at < whole.size; at += JOIN_BYTES)
      yield new Uint8Array(await whole.slice(at, at + JOIN_BYTES).arrayBuffer());
  }

  clear(): void {
    this.#joined = new Blob();
    this.#loose = [];
    this.#looseBytes = 0;
  }

  /** What is there as one blob. */
  blob(): Blob {
    this.#join();
    return this.#joined;
  }

  #join(): void {
    this.#joined = new Blob([this.#joined, ...this.#loose]);
    this.#loose = [];
    this.#looseBytes = 0;
  }
}
