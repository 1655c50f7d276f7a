/** How the sources prepare pictures, by name, so that a figure is recounted as it was counted. */
import type { Preprocessing } from '../checkpoints/description.ts';
import type { Protocol, Source } from '../zoo/schema.ts';

/** What a protocol decides; normalisation and the order of channels belong to the weights. */
export type Framing = Pick<
  Preprocessing,
  'resize' | 'crop' | 'interpolation' | 'antialias' | 'cropOffset'
>;

/** A source's way to prepare pictures. */
export interface NamedProtocol {
  /** Such as `pycls`, `torchvision-v2`. */
  readonly name: string;
  /** The source's title. */
  readonly source: string;
  readonly summary: string;
  readonly framing: Framing;
  /**
   * The order of channels in which the source feeds its own weights; null where it does not say. Not
   * applied: a checkpoint's reader turns its first convolution to RGB.
   */
  readonly channelOrder: Preprocessing['channelOrder'] | null;
}

/** The protocols of all sources that say how they resize, crop and filter; in the sources' order. */
export function namedProtocols(sources: readonly Source[]): NamedProtocol[] {
  return sources.flatMap((source) =>
    Object.entries(source.protocols).flatMap(([key, protocol]) => {
      const framing = framingOf(protocol);
      if (!framing) return [];
      const { summary, channelOrder } = protocol;
      return [{ name: nameOf(source, key), source: source.title, summary, framing, channelOrder }];
    }),
  );
}

/** The source's id, with the protocol's key where the source has several. */
function nameOf({ id, protocols }: Source, key: string): string {
  if (Object.keys(protocols).length === 1) return id;
  return key.startsWith(id) ? key : `${id}-${key}`;
}

function framingOf({ resize, crop, interpolation, antialias, cropOffset }: Protocol) {
  if (resize === null || crop === null || interpolation === null) return null;
  return {
    resize,
    crop,
    interpolation,
    ...(antialias === undefined ? {} : { antialias }),
    ...(cropOffset === undefined ? {} : { cropOffset }),
  };
}

/** What the weights want, with a protocol's framing; theirs without one. */
export function underProtocol(own: Preprocessing, framing: Framing | null): Preprocessing {
  if (!framing) return own;
  const { channelOrder, mean, std } = own;
  return { channelOrder, mean, std, ...framing };
}
