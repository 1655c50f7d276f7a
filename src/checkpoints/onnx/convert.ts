import { METADATA, type Checkpoint } from '../checkpoint.ts';
import type { CheckpointDescription, Preprocessing } from '../description.ts';
import type { Fit } from '../fit.ts';
import { foldLayer } from '../fold.ts';
import { OPSET, onnxPieces } from './model.ts';

export interface OnnxConvertOptions {
  /** How pictures are prepared for this network; the file takes RGB, whatever this says. */
  readonly preprocessing: Preprocessing;
  /** Embedded in the file's metadata; the checkpoint's own when left out. */
  readonly description?: CheckpointDescription | undefined;
}

/**
 * A checkpoint as ONNX, batch norm folded, on RGB: pictures of any number and size as `image`
 * [batch, 3, height, width] in, `logits` [batch, classes] out. Where it comes from and how its input
 * is made stand in the file's `metadata_props`. Comes piece by piece; equal input gives equal bytes.
 * Throws a CheckpointError (`bad-values`) when a weight is no finite number.
 */
export function onnxInPieces(
  checkpoint: Checkpoint,
  fit: Fit,
  { preprocessing, description = checkpoint.description }: OnnxConvertOptions,
): Generator<Uint8Array<ArrayBuffer>> {
  const { mean, std, resize, crop, interpolation } = preprocessing;
  const metadata = {
    opset: String(OPSET),
    architecture: fit.design ?? 'regnetx',
    source_container: checkpoint.container,
    [METADATA.sourceScheme]: checkpoint.metadata[METADATA.sourceScheme] ?? checkpoint.scheme,
    [METADATA.sourceChannelOrder]: checkpoint.sourceChannelOrder,
    channel_order: 'RGB',
    normalisation: '(value / 255 - mean) / std, per channel in RGB order',
    mean: JSON.stringify(mean),
    std: JSON.stringify(std),
    resize: String(resize),
    crop: String(crop),
    interpolation,
    preprocessing_from: isDescribed(preprocessing, description) ? 'description' : 'assumption',
    ...(description && { [METADATA.description]: JSON.stringify(description) }),
  };
  return onnxPieces(fit.layers, (layer) => foldLayer(layer, checkpoint.tensors), { metadata });
}

function isDescribed(made: Preprocessing, description: CheckpointDescription | undefined): boolean {
  const text = ({ resize, crop, interpolation, mean, std }: Preprocessing): string =>
    [resize, crop, interpolation, ...mean, ...std].join();
  return description !== undefined && text(description.preprocessing) === text(made);
}
