import {
  KINDS,
  ROLES,
  complexityOf,
  type Complexity,
  type Layer,
  type Network,
  type Role,
} from '../../regnet/index.ts';

/** A part of a network with what it costs, and the parts that it is made of. */
export interface Node extends Complexity {
  /** timm's name of the module (`s3`, `s3.b2`, `s3.b2.conv2`), or `every 1×1` for a kind of layer. */
  readonly module: string;
  /** `stage 3, block 2, grouped 3×3`, and what of it stands in a cell or less of a cell. */
  readonly name: string;
  readonly own: string;
  readonly short: string;
  /** From 1; 0 outside of the stages. */
  readonly stage: number;
  /** 1 for stages, stem and fc; 2 for blocks; 3 for the layers of blocks. */
  readonly level: number;
  /** The layer, where this is one. */
  readonly layer: Layer | null;
  readonly children: readonly Node[];
}

function leaf(layer: Layer): Node {
  const { name: own, short } = ROLES[layer.role];
  const { name: module, stage, block } = layer;
  const inside = stage > 0;
  return {
    ...complexityOf([layer]),
    module,
    name: inside ? `stage ${stage}, block ${block}, ${own}` : own,
    own,
    short,
    stage,
    level: inside ? 3 : 1,
    layer,
    children: [],
  };
}

function branch(
  names: Pick<Node, 'module' | 'name' | 'own' | 'short' | 'stage' | 'level'>,
  children: readonly Node[],
): Node {
  const layers = children.flatMap(layersIn).flatMap(({ layer }) => layer ?? []);
  return { ...names, ...complexityOf(layers), layer: null, children };
}

/** A network as stem, stages of blocks of layers, and fc. */
export function treeOf({ stages, layers }: Network): Node {
  const costly = layers.filter(({ flops }) => flops > 0);
  const blockOf = (stage: number, block: number): Node =>
    branch(
      {
        module: `s${stage}.b${block}`,
        name: `stage ${stage}, block ${block}`,
        own: `block ${block}`,
        short: String(block),
        stage,
        level: 2,
      },
      costly.filter((l) => l.stage === stage && l.block === block).map(leaf),
    );
  const stageOf = (stage: number, depth: number): Node => {
    const name = `stage ${stage}`;
    return branch(
      { module: `s${stage}`, name, own: name, short: String(stage), stage, level: 1 },
      Array.from({ length: depth }, (_, b) => blockOf(stage, b + 1)),
    );
  };
  const outside = (role: Role) => costly.filter((l) => l.role === role).map(leaf);
  const all = 'the whole network';
  return branch({ module: '', name: all, own: all, short: all, stage: 0, level: 0 }, [
    ...outside('stem'),
    ...stages.map(({ depth }, i) => stageOf(i + 1, depth)),
    ...outside('head'),
  ]);
}

/** The same layers by kind, then by stage. */
export function kindsOf(tree: Node): Node[] {
  return KINDS.map(({ name, roles }) => {
    const module = `every ${name}`;
    const own = layersIn(tree).filter(({ layer }) => layer && roles.includes(layer.role));
    const parts = tree.children.flatMap((part) => {
      const children = own.filter((node) => layersIn(part).includes(node));
      if (children.length === 0) return [];
      if (part.layer) return children;
      return [branch({ ...part, module: `${module} of ${part.module}` }, children)];
    });
    const only = parts.length === 1 && parts[0]?.layer ? name : `${name}, all stages`;
    return branch({ module, name: only, own: name, short: name, stage: 0, level: 1 }, parts);
  });
}

/** A tree's nodes below its root, each before what it is made of. */
export function nodesOf({ children }: Node): Node[] {
  return children.flatMap((node) => [node, ...nodesOf(node)]);
}

/** The layers of a node; a layer has itself. */
export function layersIn(node: Node): Node[] {
  return node.layer ? [node] : node.children.flatMap(layersIn);
}
