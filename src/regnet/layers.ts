import type { Stage } from './design.ts';
import { costsOf, type Complexity, type Shape } from './ops.ts';
import type { Role } from './roles.ts';

/**
 * One step of the network: an operator, where it stands, and what it costs. Layers are in the order
 * of execution; `input` and `residual` name earlier layers (`image` is the picture). This list is the
 * only description of the network: costs, charts, executor and checkpoints all read it.
 */
export interface Layer extends Shape, Complexity {
  /** timm's module name, such as `s1.b1.conv2`. */
  readonly name: string;
  readonly role: Role;
  /** Stage from 1, 0 outside of the stages. */
  readonly stage: number;
  /** Block within the stage from 1, 0 outside of the blocks. */
  readonly block: number;
  readonly stride: number;
  readonly hin: number;
  readonly win: number;
  /** The layer whose output this one reads. */
  readonly input: string;
  /** The layer whose output is added before the ReLU, if any. */
  readonly residual: string | null;
  /** Whether a ReLU follows (after batch norm and the addition). */
  readonly relu: boolean;
}

/** The layer that stands for the network's input, height x width x 3 channels. */
export const IMAGE = 'image';
/** Channels of the stem in every RegNetX. */
export const STEM_WIDTH = 32;
/** The papers' input resolution in pixels, at which the published counts hold. */
export const DEFAULT_RESOLUTION = 224;
/** ImageNet-1k. */
export const DEFAULT_CLASSES = 1000;

const MAX_RESOLUTION = 8192;
const MAX_CLASSES = 1_000_000;

type Conv = Pick<
  Layer,
  'name' | 'role' | 'stage' | 'block' | 'kernel' | 'stride' | 'groups' | 'cin' | 'cout' | 'input'
> & { readonly size: number; readonly residual?: string; readonly relu: boolean };

/** A layer with what its operator costs there. */
const costed = (layer: Omit<Layer, keyof Complexity>): Layer => ({ ...layer, ...costsOf(layer) });

function conv({ size, residual, ...rest }: Conv): Layer {
  const out = Math.floor((size - 1) / rest.stride) + 1;
  return costed({
    ...rest,
    op: 'conv',
    residual: residual ?? null,
    hin: size,
    win: size,
    hout: out,
    wout: out,
  });
}

/** The layers of one X block (1x1, grouped 3x3, 1x1, shortcut); the first of a stage strides by 2. */
function blockLayers(
  stage: Stage,
  at: { stage: number; block: number },
  input: { name: string; width: number; size: number },
): Layer[] {
  const prefix = `s${at.stage}.b${at.block}`;
  const stride = at.block === 1 ? 2 : 1;
  const common = { ...at, kernel: 1, stride: 1, groups: 1, cout: stage.width };
  const projects = stride !== 1 || input.width !== stage.width;
  const conv1 = conv({
    ...common,
    name: `${prefix}.conv1`,
    role: 'conv1',
    cin: input.width,
    size: input.size,
    input: input.name,
    relu: true,
  });
  const conv2 = conv({
    ...common,
    name: `${prefix}.conv2`,
    role: 'conv2',
    kernel: 3,
    stride,
    groups: stage.groups,
    cin: stage.width,
    size: input.size,
    input: conv1.name,
    relu: true,
  });
  const downsample = conv({
    ...common,
    name: `${prefix}.downsample`,
    role: 'downsample',
    stride,
    cin: input.width,
    size: input.size,
    input: input.name,
    relu: false,
  });
  const conv3 = conv({
    ...common,
    name: `${prefix}.conv3`,
    role: 'conv3',
    cin: stage.width,
    size: conv2.hout,
    input: conv2.name,
    residual: projects ? downsample.name : input.name,
    relu: true,
  });
  return projects ? [conv1, conv2, downsample, conv3] : [conv1, conv2, conv3];
}

/**
 * Expands stages into the list of layers with their shapes and costs, for a square picture of
 * `resolution` pixels and `classes` outputs. Throws a RangeError that names the argument when
 * resolution or classes is not a sensible whole number.
 */
export function layersOf(
  stages: readonly Stage[],
  resolution: number = DEFAULT_RESOLUTION,
  classes: number = DEFAULT_CLASSES,
): Layer[] {
  if (!Number.isInteger(resolution) || resolution < 1 || resolution > MAX_RESOLUTION)
    throw new RangeError(
      `resolution must be a whole number of pixels from 1 to ${MAX_RESOLUTION}, not ${String(resolution)}.`,
    );
  if (!Number.isInteger(classes) || classes < 1 || classes > MAX_CLASSES)
    throw new RangeError(
      `classes must be a whole number from 1 to ${MAX_CLASSES}, not ${String(classes)}.`,
    );
  const stem = conv({
    name: 'stem',
    role: 'stem',
    stage: 0,
    block: 0,
    kernel: 3,
    stride: 2,
    groups: 1,
    cin: 3,
    cout: STEM_WIDTH,
    size: resolution,
    input: IMAGE,
    relu: true,
  });
  const layers: Layer[] = [stem];
  let last = stem;
  for (const [index, stage] of stages.entries()) {
    for (let block = 1; block <= stage.depth; block++) {
      const input = { name: last.name, width: last.cout, size: last.hout };
      const added = blockLayers(stage, { stage: index + 1, block }, input);
      layers.push(...added);
      last = added.at(-1) ?? last;
    }
  }
  const outside = { stage: 0, block: 0, kernel: 1, stride: 1, groups: 1, residual: null } as const;
  const single = { ...outside, hout: 1, wout: 1, relu: false, cin: last.cout } as const;
  const pool = costed({
    ...single,
    name: 'head.global_pool',
    op: 'pool',
    role: 'pool',
    cout: last.cout,
    hin: last.hout,
    win: last.wout,
    input: last.name,
  });
  const head = costed({
    ...single,
    name: 'head.fc',
    op: 'fc',
    role: 'head',
    cout: classes,
    hin: 1,
    win: 1,
    input: pool.name,
  });
  return [...layers, pool, head];
}
