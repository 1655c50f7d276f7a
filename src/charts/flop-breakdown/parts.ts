import type { Complexity, Cost, Network, Role } from '../../regnet/index.ts';

/** The operators that cost anything, in the order in which they are listed. */
export const OPERATORS = [
  { role: 'stem', name: 'stem', short: 'stem' },
  { role: 'conv1', name: '1×1 in', short: 'in' },
  { role: 'conv2', name: 'grouped 3×3', short: '3×3' },
  { role: 'conv3', name: '1×1 out', short: 'out' },
  { role: 'downsample', name: 'projection', short: 'proj.' },
  { role: 'head', name: 'head', short: 'head' },
] as const satisfies readonly { role: Role; name: string; short: string }[];

export type Operator = (typeof OPERATORS)[number];

/** What one operator costs in one stage, over all of its blocks; stem and head stand in stage 0. */
export interface Part extends Complexity {
  readonly stage: number;
  readonly operator: Operator;
}

/** Parts in the order of execution: the stem, each stage's operators, the head. */
export function partsOf({ layers }: Network): Part[] {
  const parts = new Map<string, { -readonly [K in keyof Part]: Part[K] }>();
  for (const { role, stage, params, flops, acts } of layers) {
    const operator = OPERATORS.find((o) => o.role === role);
    if (!operator) continue;
    const key = `${stage} ${role}`;
    const part = parts.get(key) ?? { stage, operator, params: 0, flops: 0, acts: 0 };
    part.params += params;
    part.flops += flops;
    part.acts += acts;
    parts.set(key, part);
  }
  const order = (part: Part) => OPERATORS.indexOf(part.operator);
  const place = ({ stage, operator }: Part) => (operator.role === 'head' ? Infinity : stage);
  return [...parts.values()].sort((a, b) => place(a) - place(b) || order(a) - order(b));
}

/** What can be chosen: all of a stage, one operator in one stage, or one operator everywhere. */
export type Target =
  | { readonly kind: 'stage'; readonly stage: number }
  | { readonly kind: 'part'; readonly stage: number; readonly operator: Operator }
  | { readonly kind: 'operator'; readonly operator: Operator };

/** Whether a part belongs to what was chosen. */
export function belongs(part: Pick<Part, 'stage' | 'operator'>, target: Target): boolean {
  switch (target.kind) {
    case 'stage':
      return part.stage === target.stage;
    case 'part':
      return part.stage === target.stage && part.operator === target.operator;
    case 'operator':
      return part.operator === target.operator;
  }
}

/** `stage 3`, `stage 3, grouped 3×3`, `grouped 3×3, all stages`, `stem`. */
export function nameOf(target: Target): string {
  if (target.kind === 'stage') return `stage ${target.stage}`;
  const { role, name } = target.operator;
  if (role === 'stem' || role === 'head') return name;
  return target.kind === 'part' ? `stage ${target.stage}, ${name}` : `${name}, all stages`;
}

/** The sum of one cost over parts. */
export function total(parts: readonly Part[], cost: Cost): number {
  return parts.reduce((sum, part) => sum + part[cost], 0);
}
