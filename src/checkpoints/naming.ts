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

function modulesOf(scheme: Scheme): Modules {
  const escaped = scheme.block.replaceAll('.', '\\.');
  // A stage that stands twice must be the same twice.
  const pattern = escaped
    .replace(/\{s(-1)?\}/, '(?<s>\\d{1,4})')
    .replaceAll(/\{s(-1)?\}/g, '\\k<s>')
    .replace(/\{b(-1)?\}/, '(?<b>\\d{1,4})');
  return {
    outside: [...scheme.stem, scheme.fc],
    inside: BLOCK_LAYERS.flatMap((layer) => scheme[layer]),
    pattern: new RegExp(`^${pattern}\\.(?<rest>.+)$`),
    scheme,
  };
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
  return scheme.block
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

/** The scheme that knows most of the names, or undefined when none knows any. */
export function detectScheme(names: Iterable<string>): SchemeId | undefined {
  const all = [...names];
  const ids = Object.keys(SCHEMES) as SchemeId[];
  const known = ids.map((id) => {
    const { toTimm } = namerOf(id);
    return { id, count: all.filter((name) => toTimm(name) !== undefined).length };
  });
  const best = known.reduce((a, b) => (b.count > a.count ? b : a));
  return best.count > 0 ? best.id : undefined;
}
