import type { Design } from '../regnet/index.ts';
import { meaningOf, plain } from './names.ts';
import regnetx002 from '../../content/models/regnetx_002.json' with { type: 'json' };
import regnetx004 from '../../content/models/regnetx_004.json' with { type: 'json' };
import regnetx006 from '../../content/models/regnetx_006.json' with { type: 'json' };
import regnetx008 from '../../content/models/regnetx_008.json' with { type: 'json' };
import regnetx016 from '../../content/models/regnetx_016.json' with { type: 'json' };
import regnetx032 from '../../content/models/regnetx_032.json' with { type: 'json' };
import regnetx040 from '../../content/models/regnetx_040.json' with { type: 'json' };
import regnetx064 from '../../content/models/regnetx_064.json' with { type: 'json' };
import regnetx080 from '../../content/models/regnetx_080.json' with { type: 'json' };
import regnetx120 from '../../content/models/regnetx_120.json' with { type: 'json' };
import regnetx160 from '../../content/models/regnetx_160.json' with { type: 'json' };
import regnetx320 from '../../content/models/regnetx_320.json' with { type: 'json' };

/** What each code base calls a variant; torchvision and MMPretrain do not have all twelve. */
export interface ModelNames {
  readonly paper: string;
  readonly seed: string;
  readonly seedFactory: string;
  readonly pycls: string;
  readonly timm: string;
  readonly torchvision?: string;
  readonly mmpretrain?: string;
  /** The id of the converted weights on the Hugging Face hub. */
  readonly transformers: string;
}

/** One of the twelve variants, as content/models/ describes it. */
export interface Model {
  /** timm's and d-li14's factory name, such as `regnetx_002`. */
  readonly id: string;
  /** The paper's name, such as `RegNetX-200MF`. */
  readonly name: string;
  /** One sentence on what sets this variant apart. */
  readonly summary: string;
  readonly names: ModelNames;
  /** Every other name, without duplicates. */
  readonly aliases: readonly string[];
  readonly design: Design;
}

const files: readonly Omit<Model, 'aliases'>[] = [
  regnetx002,
  regnetx004,
  regnetx006,
  regnetx008,
  regnetx016,
  regnetx032,
  regnetx040,
  regnetx064,
  regnetx080,
  regnetx120,
  regnetx160,
  regnetx320,
];

/** The twelve variants, smallest first. */
export const models: readonly Model[] = files.map((file) => ({
  ...file,
  aliases: [...new Set(Object.values(file.names) as string[])].filter(
    (alias) => alias !== file.id && alias !== file.name,
  ),
}));

/**
 * The variant that a name means: an id, a name or an alias in any case and with any separators, a
 * bare size such as `8gf`, also with an owner before it or a checkpoint's tag behind it; undefined
 * when there is none.
 */
export function findModel(query: string): Model | undefined {
  const meant = meaningOf(query);
  return models.find(({ id, name }) => id === meant || meaningOf(name) === meant);
}

/**
 * The variants that somebody may mean who has typed this: the one whose full name it is, else all of
 * which an id, a name or an alias contains it, whatever its case and separators, the smallest first.
 */
export function matchingModels(query: string): readonly Model[] {
  const meant = findModel(query);
  if (meant) return [meant];
  const needle = plain(query);
  return models.filter(({ id, name, aliases }) =>
    [id, name, ...aliases].some((text) => plain(text).includes(needle)),
  );
}

/** The variant with this id. Throws when there is none: for ids that come from our own code. */
export function modelOf(id: string): Model {
  const model = models.find((m) => m.id === id);
  if (!model) throw new Error(`There is no variant ${id}.`);
  return model;
}

/** The name without the family's prefix, such as `200MF`, for axes and tables. */
export function shortName(model: Model): string {
  return model.name.replace('RegNetX-', '');
}
