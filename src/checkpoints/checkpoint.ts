import type { Container, Contents } from './contents.ts';
import { descriptionSchema, type CheckpointDescription } from './description.ts';
import { CheckpointError, clashError } from './errors.ts';
import type { Head } from './head.ts';
import { namerOf } from './naming.ts';
import { COUNTERS, type NetworkNames } from './network-names.ts';
import { refuseOtherKinds } from './other-kinds.ts';
import { resemblanceOf } from './resemblance.ts';
import { SCHEMES, type SchemeId } from './schemes.ts';
import { flip, type Tensor } from './tensor.ts';
import {
  classNamesIn,
  toldInMetadata,
  type ChannelOrder,
  type ClassNames,
  type Told,
} from './told.ts';

/** A checkpoint with timm's names, ready to be fitted to a network. Tensors are views of the file. */
export interface Checkpoint {
  readonly container: Container;
  readonly wrapper: readonly string[];
  /** What was taken off the names before they were read. */
  readonly taken: readonly string[];
  /** Where other whole networks stand, which are not read. */
  readonly others: readonly string[];
  readonly scheme: SchemeId;
  /**
   * The order in which the network took its channels where it came from. The stem in `tensors` takes
   * RGB whatever this says: for BGR it was flipped on reading, or before, when the file was converted.
   */
  readonly sourceChannelOrder: ChannelOrder;
  /** Who says so: whoever asked, the file, or nobody: it is the custom of the code base. */
  readonly channelOrderFrom: 'asked' | 'file' | 'custom';
  readonly head: Head;
  /** By timm's names; training counters are left out. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** The file's name of what timm calls so; what it would be where there is no such tensor. */
  readonly nameInFile: (timm: string) => string;
  /** Tensors among stem and blocks that the scheme has no name for, by their own names. */
  readonly strangers: ReadonlyMap<string, Tensor>;
  /** What stands beside the network: shapes, null for what is no tensor of a kind that runs here. */
  readonly beside: ReadonlyMap<string, readonly number[] | null>;
  /** Names of as many classes as this, where the file has them. */
  readonly classNames: (classes: number) => ClassNames | null;
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
  /** A JSON array of the class names that the source had. */
  classNames: 'class_names',
} as const;

const STEM = 'stem.conv.weight';
const CHANNEL_AXIS = 1;

/**
 * Gives what is in a file timm's names. Nothing is decoded or copied; the file's bytes must stay as they
 * are while the tensors are in use. Throws a CheckpointError.
 */
export function nameTensors(contents: Contents, options: ReadOptions = {}): Checkpoint {
  const { container, wrapper, taken, others, network, metadata } = contents;
  if (network === undefined) throw unknownNames(contents);
  const { scheme, head, own } = network;
  if (network.clash) throw clashError(network.clash);
  const { strangers, beside } = leftOver(contents, network);
  refuseOtherKinds(contents, network, strangers);
  const tensors = new Map<string, Tensor>();
  for (const [timm, name] of own) {
    const tensor = contents.tensors.get(name);
    if (tensor) tensors.set(timm, tensor);
  }
  const told = contents.container === 'safetensors' ? toldInMetadata(metadata) : contents.told;
  const order = channelOrderOf(scheme, told, metadata, options.channelOrder);
  const stem = tensors.get(STEM);
  if (stem && order.ofFile === 'BGR') tensors.set(STEM, flip(stem, CHANNEL_AXIS));
  const { fromTimm } = namerOf(scheme);
  return {
    ...{ container, wrapper, taken, others, scheme, head, tensors, strangers, beside },
    sourceChannelOrder: order.ofSource,
    channelOrderFrom: order.from,
    nameInFile: (timm) => own.get(timm) ?? `${network.prefix}${fromTimm(timm) ?? timm}`,
    classNames: (classes) => classNamesIn(told, classes),
    description: describedIn(metadata),
    metadata,
  };
}

/** What is left of a file besides the network, within it and without; counters are nothing. */
function leftOver({ tensors, foreign }: Contents, { own, body, scheme }: NetworkNames) {
  const taken = new Set(own.values());
  const { stem, block } = SCHEMES[scheme];
  const tops = [...stem, block].map((module) => module.split('.')[0] ?? '');
  const within = new RegExp(`^(${tops.join('|').replaceAll(/\{s(-1)?\}/g, '\\d+')})\\.`);
  const strangers = new Map<string, Tensor>();
  const beside = new Map<string, readonly number[] | null>();
  for (const [name, tensor] of tensors) {
    if (taken.has(name) || COUNTERS.test(name)) continue;
    const inside = name.startsWith(body) && within.test(name.slice(body.length));
    if (inside) strangers.set(name, tensor);
    else beside.set(name, tensor.shape);
  }
  for (const name of foreign.keys()) if (!taken.has(name)) beside.set(name, null);
  return { strangers, beside };
}

/** The order that the file's first convolution expects, and the one where the network came from. */
function channelOrderOf(
  scheme: SchemeId,
  told: Told,
  metadata: Contents['metadata'],
  asked: ChannelOrder | undefined,
): { ofFile: ChannelOrder; ofSource: ChannelOrder; from: Checkpoint['channelOrderFrom'] } {
  const said = told.channelOrder?.order;
  const ofFile = asked ?? said ?? SCHEMES[scheme].channelOrder;
  const source = metadata[METADATA.sourceChannelOrder];
  const from = asked ? 'asked' : (said ?? source) === undefined ? 'custom' : 'file';
  return { ofFile, ofSource: source === 'BGR' ? 'BGR' : ofFile, from };
}

function unknownNames({ tensors, foreign }: Contents): CheckpointError {
  const names = [...tensors.keys(), ...foreign.keys()];
  const resembles = resemblanceOf(names);
  const some = names.slice(0, 3).join(', ');
  return new CheckpointError(
    'unknown-names',
    resembles === undefined
      ? `The tensors (${some}, …) have names of none of the known code bases: ${Object.values(
          SCHEMES,
        )
          .map(({ label }) => label)
          .join(', ')}.`
      : `The tensors (${some}, …) are named as in ${resembles}; only RegNetX runs here.`,
  );
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
