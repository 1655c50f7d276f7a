/** What a checkpoint cannot tell about its use, with the likely answer from published ones. */
import type { ChannelOrder, Preprocessing } from '../../checkpoints/index.ts';
import type { CheckpointClues, CheckpointMeaning } from '../../engine/types.ts';
import { formatInteger, plural } from '../../charts/shared/format.ts';
import { IMAGENET_PIXELS } from '../../regnet/index.ts';

/** How pictures are prepared for networks that somebody publishes. */
export interface Protocol {
  /** Whose, such as `timm`. */
  readonly source: string;
  readonly naming: string;
  readonly classes: number;
  /** The class list's name. */
  readonly labels: string;
  readonly preprocessing: Preprocessing;
  /** How many published RegNetX networks it is used for, and one of them. */
  readonly count: number;
  readonly example: string;
}

/** Where class names come from; `numbers` shows `class 17`, `file` the names in the checkpoint. */
export type Labels =
  | { readonly kind: 'set'; readonly set: string }
  | { readonly kind: 'numbers' }
  | { readonly kind: 'file'; readonly from: string; readonly names: readonly string[] }
  | { readonly kind: 'own'; readonly fileName: string; readonly names: readonly string[] };

/** What the visitor may change. The channel order is the file's; the engine flips the stem. */
export interface Settings {
  readonly resize: number;
  readonly crop: number;
  readonly interpolation: Preprocessing['interpolation'];
  readonly normalisation: Normalisation;
  readonly channelOrder: ChannelOrder;
  readonly labels: Labels;
}

/** Means and standard deviations that are in use. */
export const NORMALISATIONS = {
  imagenet: { label: 'ImageNet’s', ...IMAGENET_PIXELS },
  symmetric: { label: '−1 to 1', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  unit: { label: '0 to 1', mean: [0, 0, 0], std: [1, 1, 1] },
} as const satisfies Record<string, Pick<Preprocessing, 'mean' | 'std'> & { label: string }>;

/** One of the known ones, or the file's own. */
export type Normalisation = keyof typeof NORMALISATIONS | Pick<Preprocessing, 'mean' | 'std'>;

/** Sides beyond these are no pictures for a RegNetX: it divides them by 32, and memory ends. */
export const SIDE_LIMITS = { min: 32, max: 1024 } as const;

/** The published protocols that may be this file's, the most common first. */
export function likelyProtocols(
  { scheme, classes }: CheckpointClues,
  protocols: readonly Protocol[],
): readonly Protocol[] {
  const sameClasses = protocols.filter((protocol) => protocol.classes === classes);
  const named = (list: readonly Protocol[]) => list.filter(({ naming }) => naming === scheme?.id);
  const choices = [named(sameClasses), sameClasses, named(protocols), protocols];
  const found = choices.find((list) => list.length > 0) ?? [];
  return found.toSorted((a, b) => b.count - a.count);
}

/** The likely settings: what the file says of its use, else what is usual. */
export function defaultsFor({ likely, channelOrder, classNames }: CheckpointClues): Settings {
  return {
    ...withProtocol(likely.preprocessing),
    channelOrder,
    labels: classNames
      ? { kind: 'file', ...classNames }
      : typeof likely.labels === 'string'
        ? { kind: 'set', set: likely.labels }
        : { kind: 'numbers' },
  };
}

/** The part of the settings that a protocol decides. */
export function withProtocol({ resize, crop, interpolation, mean, std }: Preprocessing) {
  const known = (Object.keys(NORMALISATIONS) as (keyof typeof NORMALISATIONS)[]).find(
    (key) =>
      NORMALISATIONS[key].mean.join() === mean.join() &&
      NORMALISATIONS[key].std.join() === std.join(),
  );
  return { resize, crop, interpolation, normalisation: known ?? { mean, std } };
}

/** Whether the settings are a protocol's. */
export function follows(settings: Settings, { preprocessing }: Protocol): boolean {
  const { resize, crop, interpolation } = preprocessing;
  return (
    settings.resize === resize &&
    settings.crop === crop &&
    settings.interpolation === interpolation &&
    settings.normalisation === withProtocol(preprocessing).normalisation
  );
}

/** A protocol in words: `shorter side to 256 px, bicubic, centre 224 px`. */
export function tellProtocol({
  resize,
  crop,
  interpolation,
}: Pick<Settings, 'resize' | 'crop' | 'interpolation'>): string {
  return `shorter side to ${resize} px, ${interpolation}, centre ${crop} px`;
}

/** Why the settings are what they are, in one or two sentences. */
export function reasonOf({ description, scheme }: CheckpointClues): string {
  if (description) return 'The file describes its own preprocessing; this is it.';
  return `The file does not say how its pictures were prepared. Assumed is what is usual for weights named as in ${scheme?.label ?? 'timm'}; the command line assumes the same.`;
}

/**
 * Names of classes from a text file: one a line, or a JSON array of strings. Throws an Error whose
 * message is a sentence for the visitor unless there are as many as classes.
 */
export function parseNames(text: string, classes: number): string[] {
  const names = text.trimStart().startsWith('[') ? namesOfJson(text) : namesOfLines(text);
  if (names.length === classes) return names;
  throw new Error(
    `The list has ${plural(names.length, 'name')}, the network ${formatInteger(classes)} classes; bring one name a line, in the order of the outputs.`,
  );
}

function namesOfLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function namesOfJson(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.map(String);
  } catch {
    // Falls through to the error below.
  }
  throw new Error('The list begins like JSON but is no array of names; bring one name a line.');
}

/** The settings as the engine takes them. */
export function meaningOf(settings: Settings): CheckpointMeaning {
  const { resize, crop, interpolation, normalisation, labels } = settings;
  const { mean, std } =
    typeof normalisation === 'string' ? NORMALISATIONS[normalisation] : normalisation;
  return {
    preprocessing: {
      resize,
      crop,
      interpolation,
      // Reading flips the stem of a network that takes BGR, so what runs always takes RGB.
      channelOrder: 'RGB',
      mean: [...mean],
      std: [...std],
    },
    labels: labels.kind === 'numbers' ? null : labels.kind === 'set' ? labels.set : labels.names,
  };
}

/** Where a known class list is. */
export function labelSetUrl(set: string, base: string): string {
  return `${base}api/labels/${set}.json`;
}
