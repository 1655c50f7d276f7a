/** Which tensor tells classes apart. */
import type { Tensor } from './tensor.ts';

/** The classifier: one matrix, none, several of which none is the one, or more than a matrix. */
export type Head =
  | { readonly kind: 'one'; readonly module: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly modules: readonly string[] }
  /** Modules that are passed one after another, or a norm beside the matrix. */
  | { readonly kind: 'deep'; readonly group: string; readonly modules: readonly string[] };

interface Sought {
  /** Where the code base has its classifier, after `prefix`. */
  readonly fc: string;
  readonly prefix: string;
  /** What stands before stem and blocks. */
  readonly body: string;
  /** Channels of the last stage. */
  readonly width: number;
}

/** Tensors by name; null for what is none of a kind that runs here. */
type Named = ReadonlyMap<string, Tensor | null>;

/** What people call a classifier. */
const USUAL = /(^|\.)(fc|heads?|classifier|cls|cls_head|linear|logits|output|last_linear)$/;
/** A module of an nn.Sequential: what stands beside it is passed before or after. */
const IN_SEQUENCE = /^(?<sequence>.+)\.\d+$/;

/**
 * Finds the classifier among the tensors that belong to neither stem nor blocks: where the code base
 * has it, else the one matrix that takes the last stage's channels. Matrices and norms beside it in
 * its own module would be passed, too: then it is no RegNetX's.
 */
export function findHead(rest: Named, { fc, prefix, body, width }: Sought): Head {
  const exact = `${prefix}${fc}`;
  if (rest.has(`${exact}.weight`))
    return judge(rest, exact, fc.includes('.') ? parentOf(exact) : exact);
  const groups = new Map<string, string[]>();
  for (const [name, tensor] of rest) {
    if (!name.endsWith('.weight')) continue;
    const module = parentOf(name);
    const group = groupOf(module, body);
    const fits = tensor
      ? tensor.shape.length === 2 && tensor.shape[1] === width
      : USUAL.test(group);
    if (fits) groups.set(group, [...(groups.get(group) ?? []), module]);
  }
  const heads = [...groups].map(([group, [module = group]]) => judge(rest, module, group));
  const single = heads.filter((head) => head.kind === 'one');
  const deep = heads.find((head) => head.kind === 'deep');
  // A usual name decides; a projection beside the classifier is deep as well, but has another name.
  if (deep && (single.length === 0 || USUAL.test(deep.group))) return deep;
  if (single.length > 1) return { kind: 'several', modules: single.map(({ module }) => module) };
  return single[0] ?? { kind: 'none' };
}

/** Whether a module alone makes up its group. */
function judge(rest: Named, module: string, group: string): Head {
  const sequence = IN_SEQUENCE.exec(module)?.groups?.sequence;
  const beside = new Set<string>();
  for (const [name, tensor] of rest) {
    const other = parentOf(name);
    if (other === module) continue;
    const follows = sequence !== undefined && name.startsWith(`${sequence}.`);
    const matters = name.startsWith(`${group}.`) && (isMatrix(tensor) || isOfNorm(name, rest));
    if (follows || matters) beside.add(other);
  }
  return beside.size === 0
    ? { kind: 'one', module }
    : { kind: 'deep', group, modules: [module, ...beside].sort() };
}

const isMatrix = (tensor: Tensor | null): boolean => tensor !== null && tensor.shape.length > 1;

/** A norm has statistics, or a scale and a shift; a loss's weights stand alone. */
function isOfNorm(name: string, rest: Named): boolean {
  const module = parentOf(name);
  return (
    name.endsWith('.running_mean') ||
    (name.endsWith('.weight') && rest.has(`${module}.bias`)) ||
    (name.endsWith('.bias') && rest.has(`${module}.weight`))
  );
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

/** The largest module with this one that does not hold the body as well. */
function groupOf(module: string, body: string): string {
  const parts = module.split('.');
  const inBody = body.split('.');
  let shared = 0;
  while (shared < parts.length - 1 && parts[shared] === inBody[shared]) shared++;
  return parts.slice(0, shared + 1).join('.');
}
