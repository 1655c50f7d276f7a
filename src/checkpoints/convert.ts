import { METADATA, type Checkpoint } from './checkpoint.ts';
import type { CheckpointDescription } from './description.ts';
import { CheckpointError } from './errors.ts';
import type { Fit } from './fit.ts';
import { parametersOf } from './parameters.ts';
import { safetensorsPieces, writeSafetensors, type TensorToWrite } from './safetensors.ts';
import { toFloat32, type Tensor } from './tensor.ts';

export interface ConvertOptions {
  /** `f16` stores convolutions and classifier as float16; batch norm is float32 unless `norm` says more. */
  readonly dtype: 'f16' | 'f32';
  /**
   * Type of batch norm in a float16 file. Its shift stays float32, since nothing averages the error of
   * a shift out, and so does what a half cannot hold.
   */
  readonly norm?: 'f16' | 'f32';
  /** Embedded in the file's metadata; the checkpoint's own when left out. */
  readonly description?: CheckpointDescription | undefined;
}

/**
 * A checkpoint as safetensors with timm's names, which timm loads: first convolution on RGB, without
 * training's counters. What is known about the file goes into `__metadata__`. Equal input gives equal
 * bytes. Throws a CheckpointError when a weight does not fit the type.
 */
export function convert(
  checkpoint: Checkpoint,
  fit: Fit,
  options: ConvertOptions,
): Uint8Array<ArrayBuffer> {
  return writeSafetensors(...contentsOf(checkpoint, fit, options));
}

/** The bytes of `convert`, one tensor after another, as `safetensorsPieces` gives them. */
export function convertInPieces(
  checkpoint: Checkpoint,
  fit: Fit,
  options: ConvertOptions,
): Generator<Uint8Array<ArrayBuffer>> {
  return safetensorsPieces(...contentsOf(checkpoint, fit, options));
}

function contentsOf(
  checkpoint: Checkpoint,
  fit: Fit,
  { dtype, norm: normType = 'f32', description = checkpoint.description }: ConvertOptions,
): Parameters<typeof writeSafetensors> {
  const tensors = fit.layers.flatMap(parametersOf).map(({ name, shape, norm }): TensorToWrite => {
    const tensor = checkpoint.tensors.get(name);
    if (!tensor) throw new CheckpointError('misfit', `The tensor ${name} is missing.`);
    const halvable = !norm || (normType === 'f16' && !name.endsWith('.bias') && fitsHalf(tensor));
    const halved = dtype === 'f16' && halvable;
    return { name, dtype: halved ? 'F16' : 'F32', shape, values: () => toFloat32(tensor) };
  });
  const classNames = checkpoint.classNames(fit.classes);
  const metadata = {
    format: 'pt',
    ...(classNames && { [METADATA.classNames]: JSON.stringify(classNames.names) }),
    ...(description && { [METADATA.description]: JSON.stringify(description) }),
    [METADATA.sourceScheme]: checkpoint.metadata[METADATA.sourceScheme] ?? checkpoint.scheme,
    [METADATA.sourceChannelOrder]: checkpoint.sourceChannelOrder,
  };
  return [tensors, metadata];
}

const LARGEST_HALF = 65504;

/** A running variance of unnormalised features can be larger than any half. */
function fitsHalf(tensor: Tensor): boolean {
  return toFloat32(tensor).every((value) => Math.abs(value) <= LARGEST_HALF);
}
