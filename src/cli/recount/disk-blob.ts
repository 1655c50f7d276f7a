import { open } from 'node:fs/promises';
import { reasonOf } from '../read-file.ts';

/**
 * A file on the disk as a Blob, of which only what is asked for is read. Node's own (`openAsBlob`)
 * counts bytes in 32 bits: of `ILSVRC2012_img_val.tar`, 6.7 GB, it gives the first 2.5.
 */
export class DiskBlob extends Blob {
  override readonly size: number;
  readonly #file: string;
  readonly #from: number;

  /** `size` bytes from `from` on. */
  constructor(file: string, size: number, from = 0) {
    super();
    this.#file = file;
    this.#from = from;
    this.size = size;
  }

  override slice(start = 0, end = this.size): DiskBlob {
    const within = (at: number): number =>
      at < 0 ? Math.max(0, this.size + at) : Math.min(at, this.size);
    const from = within(start);
    return new DiskBlob(this.#file, Math.max(0, within(end) - from), this.#from + from);
  }

  /** Rejects as a browser does, with a NotReadableError, when the disk does not give them any more. */
  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(this.size);
    try {
      await this.#read(bytes);
    } catch (error) {
      throw new DOMException(reasonOf(error), 'NotReadableError');
    }
    return bytes;
  }

  async #read(bytes: Uint8Array): Promise<void> {
    const file = await open(this.#file);
    try {
      for (let at = 0; at < bytes.length;) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, this.#from + at);
        if (bytesRead === 0) throw new Error('the file has become shorter');
        at += bytesRead;
      }
    } finally {
      await file.close();
    }
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const bytes = () => this.bytes();
    return new ReadableStream({
      pull: async (controller) => {
        controller.enqueue(await bytes());
        controller.close();
      },
    });
  }
}
