import { SCHEMES, type Scheme, type SchemeId } from './schemes.ts';

/** Renames tensors between the schemes and timm's names. */
export interface Namer {
  /** timm's name of a tensor of the scheme; undefined when the scheme has no such name. */
  readonly toTimm: (name: string) => string | undefined;
  /** The scheme's name of a tensor of timm's; undefined when timm has no such name. */
  readonly fromTimm: (name: string) => string | undefined;
}

const BLOCK_LAYERS = ['conv1', 'conv2', 'conv3', 'downsample'] as const;

/** The scheme's names and where they stand: outside of the blocks, or relative to one. */
interface Modules {
  readonly outside: readonly string[];
  readonly inside: readonly string[];
  /** Matches a module in a block: stage, block, and the rest of the name. */
  readonly pattern: RegExp;
  readonly scheme: Scheme;
}

/**
 * A block's name as a regular expression with the groups `s` and `b`. Longer numbers than four digits
 * are of no RegNetX.
 */
export function blockPattern({ block }: Scheme): string {
  // A stage that stands twice must be the same twice.
  return block
    .replaceAll('.', '\\.')
    .replace(/\{s(-1)?\}/, '(?<s>\\d{1,4})')
    .replaceAll(/\{s(-1)?\}/g, '\\k<s>')
    .replace(/\{b(-1)?\}/, '(?<b>\\d{1,4})');
}

function modulesOf(scheme: Scheme): Modules {
  const body = scheme.body.replaceAll('.', '\\.');
  return {
    outside: [...scheme.stem.map((module) => `${scheme.body}${module}`), scheme.fc],
    inside: insideOf(scheme),
    pattern: new RegExp(`^${body}${blockPattern(scheme)}\\.(?<rest>.+)$`),
    scheme,
  };
}

/** The modules of a block, in the same order for every scheme. */
export function insideOf(scheme: Scheme): readonly string[] {
  return BLOCK_LAYERS.flatMap((layer) => scheme[layer]);
}

/** Renames from one scheme to another; tables have the same order, so an index is a role. */
function rename(from: Modules, to: Modules, name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  const module = name.slice(0, dot);
  const leaf = name.slice(dot + 1);
  const outside = to.outside[from.outside.indexOf(module)];
  if (outside !== undefined) return `${outside}.${leaf}`;
  const match = from.pattern.exec(module)?.groups;
  const inside = to.inside[from.inside.indexOf(match?.rest ?? '')];
  if (!match || inside === undefined) return undefined;
  const count = (key: 's' | 'b'): number =>
    Number(match[key]) + (from.scheme.block.includes(`{${key}-1}`) ? 1 : 0);
  return `${blockName(to.scheme, count('s'), count('b'))}.${inside}.${leaf}`;
}

function blockName(scheme: Scheme, stage: number, block: number): string {
  return `${scheme.body}${scheme.block}`
    .replaceAll('{s}', String(stage))
    .replaceAll('{s-1}', String(stage - 1))
    .replaceAll('{b}', String(block))
    .replaceAll('{b-1}', String(block - 1));
}

/** The namer of a scheme. */
export function namerOf(id: SchemeId): Namer {
  const theirs = modulesOf(SCHEMES[id]);
  const timm = modulesOf(SCHEMES.timm);
  return {
    toTimm: (name) => rename(theirs, timm, name),
    fromTimm: (name) => rename(timm, theirs, name),
  };
}
