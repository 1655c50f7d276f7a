/** The ways to prepare a picture that the laboratory compares, each one step from the checkpoint's own. */
import type { Preprocessing } from '../../checkpoints/description.ts';
import type { Protocol } from '../../engine/preprocess/protocol.ts';

export interface NamedProtocol {
  readonly id: string;
  readonly label: string;
  /** What of it differs, or what it is. */
  readonly detail: string;
  readonly protocol: Protocol;
}

/** Shorter side to crop, as the published protocols have them at 224 px. */
const RATIOS = [256 / 224, 232 / 224] as const;
/** JPEG qualities, in percent. */
const QUALITIES = [50, 10] as const;

/**
 * The checkpoint's own protocol first, then others at the resolution that the network takes. Resizing
 * of the published protocols is scaled to it, so that the crop shows as much of the picture.
 */
export function protocolsFor(own: Preprocessing): readonly NamedProtocol[] {
  const { resize, crop, interpolation, channelOrder } = own;
  const sizes = (side: number) => `${side} → ${crop} px`;
  const resized = RATIOS.flatMap((ratio) =>
    (['bilinear', 'bicubic'] as const).map((filter): NamedProtocol => {
      const side = Math.round(crop * ratio);
      return {
        id: `${Math.round(224 * ratio)}-${filter}`,
        label: `${sizes(side)}, ${filter}`,
        detail: `as ${Math.round(224 * ratio)} → 224`,
        protocol: { preprocessing: { ...own, resize: side, interpolation: filter } },
      };
    }),
  ).filter(
    ({ protocol: { preprocessing: other } }) =>
      other.resize !== resize || other.interpolation !== interpolation,
  );
  const otherOrder = channelOrder === 'RGB' ? 'BGR' : 'RGB';
  return [
    {
      id: 'own',
      label: 'As the checkpoint asks',
      detail: `${sizes(resize)}, ${interpolation}`,
      protocol: { preprocessing: own },
    },
    ...resized,
    {
      id: 'aliased',
      label: 'Without antialiasing',
      detail: `${interpolation}, pixels in between are skipped`,
      protocol: { preprocessing: { ...own, antialias: false } },
    },
    {
      id: 'squashed',
      label: 'Squashed',
      detail: 'the whole picture pressed into the square',
      protocol: { preprocessing: own, squash: true },
    },
    {
      id: 'swapped',
      label: `${otherOrder} for ${channelOrder}`,
      detail: 'red and blue exchanged',
      protocol: { preprocessing: { ...own, channelOrder: otherOrder } },
    },
    {
      id: 'raw',
      label: 'Not normalised',
      detail: 'values from 0 to 1 as they are',
      protocol: { preprocessing: { ...own, mean: [0, 0, 0], std: [1, 1, 1] } },
    },
    ...QUALITIES.map((quality): NamedProtocol => ({
      id: `jpeg-${quality}`,
      label: `JPEG, quality ${quality}%`,
      detail: 'saved anew by this browser first',
      protocol: { preprocessing: own, jpegQuality: quality / 100 },
    })),
  ];
}
