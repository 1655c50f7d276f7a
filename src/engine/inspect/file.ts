/** A visitor's file as another file. */
import {
  convertInPieces,
  readCheckpoint,
  requireFit,
  type ChannelOrder,
  type ConvertOptions,
  type KnownDesign,
} from '../../checkpoints/index.ts';

export interface RewriteOptions extends ConvertOptions {
  readonly known: readonly KnownDesign[];
  /** The order that the file's first convolution expects, where the visitor knows better. */
  readonly channelOrder?: ChannelOrder | undefined;
}

/**
 * A checkpoint's bytes as safetensors with timm's names, byte for byte what `regnetx convert` writes.
 * Throws a CheckpointError.
 */
export function rewrite(
  bytes: Uint8Array,
  { known, channelOrder, ...options }: RewriteOptions,
): Blob {
  const checkpoint = readCheckpoint(bytes, { channelOrder });
  const pieces = convertInPieces(checkpoint, requireFit(checkpoint, known), options);
  // A Blob is the browser's to keep, on disk if need be; each takes a copy of its piece.
  const blobs = Array.from(pieces, (piece) => new Blob([piece]));
  return new Blob(blobs, { type: 'application/octet-stream' });
}
