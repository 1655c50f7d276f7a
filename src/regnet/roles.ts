/** What a layer does in its block; `stem`, `pool` and `head` stand outside of the blocks. */
export type Role = 'stem' | 'conv1' | 'conv2' | 'conv3' | 'downsample' | 'pool' | 'head';

/** What a layer does, in words. */
export interface RoleWords {
  readonly name: string;
  /** The same where there is little room. */
  readonly short: string;
}

/** The words of every role, in the order of execution. */
export const ROLES: Readonly<Record<Role, RoleWords>> = {
  stem: { name: 'stem', short: 'stem' },
  conv1: { name: '1×1 in', short: '1×1' },
  conv2: { name: 'grouped 3×3', short: '3×3' },
  downsample: { name: 'projection', short: 'proj.' },
  conv3: { name: '1×1 out', short: '1×1' },
  pool: { name: 'pool', short: 'pool' },
  head: { name: 'fc', short: 'fc' },
};

/** Layers of one kind: what a reader counts together. */
export interface Kind {
  readonly name: string;
  readonly roles: readonly Role[];
}

/** The kinds of layers that cost anything; those of the blocks first. */
export const KINDS: readonly Kind[] = [
  { name: ROLES.conv2.name, roles: ['conv2'] },
  { name: '1×1', roles: ['conv1', 'conv3'] },
  { name: ROLES.downsample.name, roles: ['downsample'] },
  { name: ROLES.stem.name, roles: ['stem'] },
  { name: ROLES.head.name, roles: ['head'] },
];
