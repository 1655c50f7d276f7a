/** What two files say of themselves beside their weights. */
import type { Checkpoint } from './checkpoint.ts';
import type { Fit } from './fit.ts';

/** A checkpoint that fits the network (`requireFit`). */
export interface Fitted {
  readonly checkpoint: Checkpoint;
  readonly fit: Fit;
}

/** One of the things that can differ between two files; null where a file does not say. */
export interface Setting {
  readonly name: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly same: boolean;
}

type Read = (fitted: Fitted) => string | null;

const typesOf: Read = ({ checkpoint }) =>
  [...new Set(Array.from(checkpoint.tensors.values(), ({ storage }) => storage.dtype))]
    .sort()
    .join(', ');

/** Where the files come from, the network, and how pictures are prepared for it. */
const SETTINGS: Readonly<Record<string, Read>> = {
  container: ({ checkpoint }) => checkpoint.container,
  naming: ({ checkpoint }) => checkpoint.scheme,
  'channel order of origin': ({ checkpoint }) => checkpoint.sourceChannelOrder,
  types: typesOf,
  variant: ({ fit }) => fit.design,
  stages: ({ fit }) =>
    fit.stages
      .map(({ depth, width, groupWidth }) => `${depth} x ${width} (groups of ${groupWidth})`)
      .join(', '),
  classes: ({ fit }) => String(fit.classes),
  parameters: ({ fit }) => String(fit.params),
  description: ({ checkpoint }) => checkpoint.description?.id ?? null,
  'class names': ({ checkpoint }) => checkpoint.description?.labels ?? null,
  resize: ({ checkpoint }) => text(checkpoint.description?.preprocessing.resize),
  crop: ({ checkpoint }) => text(checkpoint.description?.preprocessing.crop),
  interpolation: ({ checkpoint }) => checkpoint.description?.preprocessing.interpolation ?? null,
  mean: ({ checkpoint }) => text(checkpoint.description?.preprocessing.mean.join(', ')),
  std: ({ checkpoint }) => text(checkpoint.description?.preprocessing.std.join(', ')),
};

function text(value: string | number | undefined): string | null {
  return value === undefined ? null : String(value);
}

/** The settings that at least one of the files tells. */
export function settingsOf(first: Fitted, second: Fitted): Setting[] {
  return Object.entries(SETTINGS)
    .map(([name, read]) => {
      const [a, b] = [read(first), read(second)];
      return { name, a, b, same: a === b };
    })
    .filter(({ a, b }) => a !== null || b !== null);
}
