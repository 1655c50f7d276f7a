/** Pictures on a thread of their own: decoded, cut, normalised and hashed, so that no network waits. */
import type { Preprocessing } from '../../../checkpoints/description.ts';
import { decodePicture } from '../../../engine/preprocess/decode.ts';
import { cropOf, normalise } from '../../../engine/preprocess/index.ts';
import { handOver, serve } from '../../../threads/serve.ts';
import { sha256Of } from '../hash.ts';

/** A picture as the network takes it. */
export interface PreparedPicture {
  /** Height x width x 3, normalised. */
  readonly pixels: Float32Array<ArrayBuffer>;
  /** Of the file, hexadecimal. */
  readonly sha256: string;
}

const api = {
  prepare: async (file: Blob, how: Preprocessing): Promise<PreparedPicture> => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const [sha256, picture] = await Promise.all([
      sha256Of(bytes),
      decodePicture(new Blob([bytes])),
    ]);
    const pixels = normalise(cropOf(picture, how), how);
    return handOver({ pixels, sha256 }, [pixels.buffer]);
  },
};

export type PreparingApi = typeof api;

serve(api);
