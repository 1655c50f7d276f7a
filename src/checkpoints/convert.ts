import { METADATA, type Checkpoint } from './checkpoint.ts';
import type { CheckpointDescription } from './description.ts';
import { CheckpointError } from './errors.ts';
import type { Fit } from './fit.ts';
import { parametersOf } from './parameters.ts';
import { safetensorsPieces, writeSafetensors, type TensorToWrite } from './safetensors.ts';
import { toFloat32 } from './tensor.ts';

export interface ConvertOptions {
  /** `f16` stores convolutions and classifier as float16; batch norm is float32 in either case. */
  readonly dtype: 'f16' | 'f32';
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
  { dtype, description = checkpoint.description }: ConvertOptions,
): Parameters<typeof writeSafetensors> {
  const tensors = fit.layers.flatMap(parametersOf).map(({ name, shape, norm }): TensorToWrite => {
    const tensor = checkpoint.tensors.get(name);
    if (!tensor) throw new CheckpointError('misfit', `The tensor ${name} is missing.`);
    const type = dtype === 'f16' && !norm ? 'F16' : 'F32';
    return { name, dtype: type, shape, values: () => toFloat32(tensor) };
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
