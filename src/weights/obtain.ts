/** A checkpoint's file, kept on this device if that is possible. Runs in a worker. */
import { openDiskFile, isFull, type DiskFile } from './disk.ts';
import { identify, type HubFile } from './hub-file.ts';
import { MemoryFile, type PartialFile } from './partial.ts';
import { transfer, type TransferOptions } from './transfer.ts';

export interface Obtained {
  readonly blob: Blob;
  /** The SHA-256 that it must have; null where it was checked a moment ago. */
  readonly sha256: string | null;
  /** Why the file is not kept, in a sentence; null when it is. */
  readonly notKept: string | null;
}

const NO_STORE =
  'Not kept: this browser, or this private window, lets the page keep no files. The next visit will download them again.';

const full = (free: number | null) =>
  `Not kept: ${free === null ? 'the disk, or what this browser lets the site keep, is full' : `this browser has ${(free / 1e6).toFixed(0)} MB left for this site`}. ` +
  'Delete other weights below, or free some space, and the next download stays.';

/**
 * Downloads a file, or what is missing of it, checks it and keeps it. Where nothing can be kept, or
 * the disk is full, it goes on in memory. Errors as in `transfer`.
 */
export async function obtain(file: HubFile, options: TransferOptions): Promise<Obtained> {
  const identity = await identify(file, options.signal);
  const disk = await openDiskFile(file.id, identity.sha256);
  if (!disk) return inMemory(NO_STORE);
  const free = await freeBytes();
  const missing = (identity.bytes ?? file.bytes) - disk.length;
  if (free !== null && free < missing) {
    await disk.discard();
    return inMemory(full(free));
  }
  const growing = new SpillingFile(disk);
  try {
    await transfer(file, identity, growing, options);
    return await growing.complete();
  } catch (error) {
    growing.close();
    throw error;
  }

  async function inMemory(notKept: string): Promise<Obtained> {
    const memory = new MemoryFile();
    await transfer(file, identity, memory, options);
    return { blob: memory.blob(), sha256: null, notKept };
  }
}

/** What the browser lets this site still keep; null when it does not say. */
async function freeBytes(): Promise<number | null> {
  const { quota, usage = 0 } = await navigator.storage.estimate();
  return quota === undefined ? null : quota - usage;
}

/** A file on the disk that moves into memory when the disk is full. */
class SpillingFile implements PartialFile {
  #disk: DiskFile | null;
  #memory = new MemoryFile();

  constructor(disk: DiskFile) {
    this.#disk = disk;
  }

  get length(): number {
    return (this.#disk ?? this.#memory).length;
  }

  get lasting(): boolean {
    return this.#disk !== null;
  }

  async append(piece: Uint8Array<ArrayBuffer>): Promise<void> {
    const disk = this.#disk;
    if (!disk) {
      this.#memory.append(piece);
      return;
    }
    const before = disk.length;
    try {
      await disk.append(piece);
    } catch (error) {
      if (!isFull(error)) throw error;
      // A part of the piece may have been written.
      const rest = piece.subarray(disk.length - before);
      for await (const earlier of disk.pieces()) this.#memory.append(earlier);
      this.#memory.append(rest);
      this.#disk = null;
      await disk.discard();
    }
  }

  pieces(): AsyncIterable<Uint8Array<ArrayBuffer>> {
    return (this.#disk ?? this.#memory).pieces();
  }

  clear(): void {
    (this.#disk ?? this.#memory).clear();
  }

  close(): void {
    this.#disk?.close();
  }

  async complete(): Promise<Obtained> {
    return this.#disk
      ? { blob: await this.#disk.complete(), sha256: null, notKept: null }
      : { blob: this.#memory.blob(), sha256: null, notKept: full(null) };
  }
}
