/** What is assumed of a file's use where nobody says better: the one rule of page and command. */
import { IMAGENET_PIXELS } from '../regnet/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { CheckpointDescription, Preprocessing } from './description.ts';
import type { Fit } from './fit.ts';
import { SCHEMES, type SchemeId } from './schemes.ts';
import type { ChannelOrder, ClassNames } from './told.ts';

/** What a checkpoint tells about its own use: enough to guess the rest. */
export interface CheckpointClues {
  /** Whose names its tensors have; null when they are of no known code base. */
  readonly scheme: { readonly id: SchemeId; readonly label: string } | null;
  readonly classes: number;
  /** Order in which the network took its channels where it came from, as far as the file tells. */
  readonly channelOrder: ChannelOrder;
  /** Who says so: whoever asked, the file, or nobody: then it is the custom of the code base. */
  readonly channelOrderFrom: 'asked' | 'file' | 'custom';
  /** The class names in the file; null when it has none. */
  readonly classNames: ClassNames | null;
  /** The file's own description; null when it has none. */
  readonly description: CheckpointDescription | null;
  /** What the file says of its use, else what is usual. */
  readonly likely: CheckpointMeaning;
}

/** What the numbers going in and coming out of a checkpoint's network mean. */
export interface CheckpointMeaning {
  readonly preprocessing: Preprocessing;
  /** Name of the class list in content/labels/, or the names; null where none are known. */
  readonly labels: string | readonly string[] | null;
}

/** The class lists of content/labels/, and how many classes each has. */
export const LABEL_SETS: Readonly<Record<string, number>> = {
  'imagenet-1k': 1000,
  'tiny-imagenet-200': 200,
};

/** What is known of a fitted checkpoint. */
export function cluesOf(checkpoint: Checkpoint, fit: Fit): CheckpointClues {
  const { scheme, sourceChannelOrder, channelOrderFrom, description = null } = checkpoint;
  const { classes } = fit;
  const classNames = checkpoint.classNames(classes);
  const set = description?.labels ?? (isPublished(checkpoint, fit) ? IMAGENET : '');
  return {
    scheme: { id: scheme, label: SCHEMES[scheme].label },
    classes,
    channelOrder: sourceChannelOrder,
    channelOrderFrom,
    classNames,
    description,
    likely: {
      preprocessing: description?.preprocessing ?? usualPreprocessing(scheme),
      labels: classNames?.names ?? (isSetOf(set, classes) ? set : null),
    },
  };
}

/** Whether a class list is known and has as many names. */
function isSetOf(set: string, classes: number): boolean {
  return Object.hasOwn(LABEL_SETS, set) && LABEL_SETS[set] === classes;
}

/**
 * Everybody's published RegNetX for ImageNet-1k is one of the family with 1,000 outputs, under the code
 * base's own names and with nothing beside it. A thousand classes alone are no reason.
 */
function isPublished({ head, scheme, taken, beside }: Checkpoint, fit: Fit): boolean {
  return (
    fit.design !== null &&
    fit.classes === LABEL_SETS[IMAGENET] &&
    taken.length === 0 &&
    beside.size === 0 &&
    head.kind === 'one' &&
    head.module === SCHEMES[scheme].fc
  );
}

const IMAGENET = 'imagenet-1k';

/**
 * How pictures are prepared for a file that does not say: the shorter side to 256 pixels with the
 * filter of its code base, the centre of 224, ImageNet's mean and deviation. RGB holds for all, as
 * checkpoints that took BGR are flipped on reading.
 */
export function usualPreprocessing(scheme: SchemeId): Preprocessing {
  return {
    resize: 256,
    crop: 224,
    interpolation: SCHEMES[scheme].filter,
    channelOrder: 'RGB',
    ...IMAGENET_PIXELS,
  };
}
