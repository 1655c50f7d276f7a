/** What can be chosen: weights, protocols, and what they are held against. Made at build time. */
import type { ChannelOrder, CheckpointMeaning, Preprocessing } from '../../checkpoints/index.ts';
import type { PublishedFigure } from '../../recount/browser/report.ts';
import type { Framing } from '../../recount/protocols.ts';

/** A published accuracy with where it stands. */
export interface PublishedRow extends PublishedFigure {
  /** Who measured it. */
  readonly source: string;
  /** On which pictures. */
  readonly dataset: string;
  readonly url: string | null;
}

/** Weights that ship with the site or that one click brings. */
export interface WeightsOption {
  readonly id: string;
  readonly kind: 'shipped' | 'official';
  readonly variant: string;
  readonly label: string;
  readonly url: string;
  readonly bytes: number;
  /** Bytes that the network takes while it is loaded and run, an estimate; null of what ships, which is small. */
  readonly memory: number | null;
  /** Pixels on a side of the picture that it takes by its own protocol. */
  readonly resolution: number;
  /** Null where the source publishes none; what ships has one. */
  readonly sha256: string | null;
  /** Null where the file says it itself. */
  readonly meaning: CheckpointMeaning | null;
  readonly published: readonly PublishedRow[];
}

/** A way to cut pictures, by its name. */
export interface ProtocolOption {
  readonly name: string;
  readonly source: string;
  readonly summary: string;
  readonly framing: Framing;
}

/** A visitor's own protocol. */
export interface OwnProtocol {
  readonly resize: number;
  readonly crop: number;
  readonly filter: Filter;
  /** Null leaves it to the file. */
  readonly channelOrder: ChannelOrder | null;
  readonly normalisation: Pick<Preprocessing, 'mean' | 'std'> | null;
}

/** Filters by name; `bilinear-plain` is OpenCV's, which is not widened. */
export const FILTERS = {
  bilinear: 'bilinear',
  bicubic: 'bicubic',
  'bilinear-plain': 'bilinear, not antialiased',
} as const;
export type Filter = keyof typeof FILTERS;

export const OWN_FILE = 'own';
export const NO_WEIGHTS = '';
/** Values of the protocols' select beside the names of presets. */
export const [WEIGHTS_OWN, OWN_PROTOCOL] = ['', 'own'] as const;

export const FIRST_PROTOCOL: OwnProtocol = {
  resize: 256,
  crop: 224,
  filter: 'bilinear',
  channelOrder: null,
  normalisation: null,
};

/** What is chosen for a network. */
export interface Choice {
  /** The id of an option, `own`, or nothing. */
  readonly weights: string;
  readonly file: File | null;
}

/** How pictures are prepared, as the recount takes it. */
export function preparationOf(
  protocol: string,
  own: OwnProtocol,
  options: readonly ProtocolOption[],
): {
  readonly protocol: string | null;
  readonly framing: Framing | null;
  readonly channelOrder: ChannelOrder | null;
  readonly normalisation: OwnProtocol['normalisation'];
} {
  const preset = options.find(({ name }) => name === protocol);
  if (preset) return { protocol, framing: preset.framing, channelOrder: null, normalisation: null };
  if (protocol !== OWN_PROTOCOL)
    return { protocol: null, framing: null, channelOrder: null, normalisation: null };
  const { resize, crop, filter, channelOrder, normalisation } = own;
  const interpolation = filter === 'bicubic' ? 'bicubic' : 'bilinear';
  return {
    protocol: 'own',
    framing: { resize, crop, interpolation, ...(filter === 'bilinear-plain' && PLAIN) },
    channelOrder,
    normalisation,
  };
}

const PLAIN = { antialias: false };
