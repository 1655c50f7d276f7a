/** A visitor's file as another file. */
import {
  CheckpointError,
  convertInPieces,
  diffCheckpoints,
  onnxInPieces,
  readCheckpoint,
  requireFit,
  type ChannelOrder,
  type CheckpointDiff,
  type ConvertOptions,
  type Fitted,
  type KnownDesign,
  type OnnxConvertOptions,
} from '../../../checkpoints/index.ts';

interface OpenOptions {
  readonly known: readonly KnownDesign[];
  /** The order that the file's first convolution expects, where the visitor knows better. */
  readonly channelOrder?: ChannelOrder | undefined;
}

export type RewriteOptions = ConvertOptions & OpenOptions;
export type OnnxOptions = OnnxConvertOptions & OpenOptions;

/**
 * A checkpoint's bytes as safetensors with timm's names, byte for byte what `regnetx convert` writes.
 * Throws a CheckpointError.
 */
export function rewrite(bytes: Uint8Array, options: RewriteOptions): Blob {
  const { checkpoint, fit } = open(bytes, options);
  return blobOf(convertInPieces(checkpoint, fit, options));
}

/** A checkpoint's bytes as ONNX, as `regnetx convert --to onnx` writes it. Throws a CheckpointError. */
export function rewriteAsOnnx(bytes: Uint8Array, options: OnnxOptions): Blob {
  const { checkpoint, fit } = open(bytes, options);
  return blobOf(onnxInPieces(checkpoint, fit, options));
}

/** A file's bytes, to be compared. */
export interface Side extends OpenOptions {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Compares two files, as `regnetx diff` does. Throws a CheckpointError that names the file at fault. */
export function compare(a: Side, b: Side): CheckpointDiff {
  return diffCheckpoints(openSide(a), openSide(b));
}

function openSide({ name, bytes, ...options }: Side): Fitted {
  try {
    return open(bytes, options);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new CheckpointError(error.code, `${name}: ${error.message}`, error.mismatches);
  }
}

function open(bytes: Uint8Array, { known, channelOrder }: OpenOptions): Fitted {
  const checkpoint = readCheckpoint(bytes, { channelOrder });
  return { checkpoint, fit: requireFit(checkpoint, known) };
}

/** A Blob is the browser's to keep, on disk if need be; each takes a copy of its piece. */
function blobOf(pieces: Iterable<Uint8Array<ArrayBuffer>>): Blob {
  const blobs = Array.from(pieces, (piece) => new Blob([piece]));
  return new Blob(blobs, { type: 'application/octet-stream' });
}
