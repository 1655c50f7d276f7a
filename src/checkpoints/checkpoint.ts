import { readContents, type Container, type Contents } from './container.ts';
import { descriptionSchema, type CheckpointDescription } from './description.ts';
import { CheckpointError } from './errors.ts';
import { detectScheme, namerOf } from './naming.ts';
import { SCHEMES, type SchemeId } from './schemes.ts';
import { flip, type Tensor } from './tensor.ts';

export type ChannelOrder = 'RGB' | 'BGR';

/** A checkpoint with timm's names, ready to be fitted to a network. Tensors are views of the file. */
export interface Checkpoint {
  readonly container: Container;
  readonly wrapper: readonly string[];
  readonly scheme: SchemeId;
  /**
   * The order in which the network took its channels where it came from. The stem in `tensors` takes
   * RGB whatever this says: for BGR it was flipped on reading, or before, when the file was converted.
   */
  readonly sourceChannelOrder: ChannelOrder;
  /** By timm's names; training counters are left out. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Tensors that the scheme has no name for, by their own names. */
  readonly strangers: ReadonlyMap<string, Tensor>;
  /** What this project's converter wrote into the file about it. */
  readonly description: CheckpointDescription | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ReadOptions {
  /** The order that the first convolution expects, where it is known better than by the naming. */
  readonly channelOrder?: ChannelOrder | undefined;
}

/** Keys of safetensors' `__metadata__` that the converter writes. */
export const METADATA = {
  description: 'regnetx',
  sourceScheme: 'source_naming',
  sourceChannelOrder: 'source_channel_order',
} as const;

const STEM = 'stem.conv.weight';
const CHANNEL_AXIS = 1;

/** Training's counters, which no network needs: batch norm's and torch's AveragedModel's. */
const COUNTERS = /(^|\.)(num_batches_tracked|n_averaged)$/;
/** Squeeze-and-excitation as timm, torchvision, pycls and transformers name it. */
const SQUEEZE_EXCITATION = /\.(se|attention)\./;

/**
 * Reads a checkpoint of any supported container and naming from its bytes. Nothing is decoded or
 * copied; `bytes` must stay as they are while the tensors are in use. Throws a CheckpointError whose
 * code and one-sentence message say what is wrong.
 */
export function readCheckpoint(bytes: Uint8Array, options: ReadOptions = {}): Checkpoint {
  return nameTensors(readContents(bytes), options);
}

/** The second half of `readCheckpoint`, for contents that are there already. */
export function nameTensors(contents: Contents, options: ReadOptions = {}): Checkpoint {
  const { container, wrapper, tensors: found, metadata } = contents;
  const scheme = detectScheme(found.keys());
  if (scheme === undefined)
    throw new CheckpointError(
      'unknown-names',
      `The tensors (${[...found.keys()].slice(0, 3).join(', ')}, …) have names of none of the known code bases: ${Object.values(
        SCHEMES,
      )
        .map(({ label }) => label)
        .join(', ')}.`,
    );
  const { toTimm } = namerOf(scheme);
  const tensors = new Map<string, Tensor>();
  const strangers = new Map<string, Tensor>();
  for (const [name, tensor] of found) {
    if (SQUEEZE_EXCITATION.test(name))
      throw new CheckpointError(
        'squeeze-excitation',
        `The weights are a RegNetY's (squeeze-excitation, such as ${name}); only RegNetX runs here.`,
      );
    if (COUNTERS.test(name)) continue;
    const timm = toTimm(name);
    if (timm === undefined) strangers.set(name, tensor);
    else tensors.set(timm, tensor);
  }
  const fileOrder = options.channelOrder ?? SCHEMES[scheme].channelOrder;
  const stem = tensors.get(STEM);
  if (stem && fileOrder === 'BGR') tensors.set(STEM, flip(stem, CHANNEL_AXIS));
  return {
    container,
    wrapper,
    scheme,
    sourceChannelOrder: metadata[METADATA.sourceChannelOrder] === 'BGR' ? 'BGR' : fileOrder,
    tensors,
    strangers,
    description: describedIn(metadata),
    metadata,
  };
}

function describedIn(
  metadata: Readonly<Record<string, string>>,
): CheckpointDescription | undefined {
  const text = metadata[METADATA.description];
  if (text === undefined) return undefined;
  try {
    return descriptionSchema.parse(JSON.parse(text));
  } catch {
    throw new CheckpointError(
      'malformed',
      `The file's description (metadata key ${METADATA.description}) is damaged; convert the checkpoint again.`,
    );
  }
}
