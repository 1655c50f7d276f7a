import {
  complexityOf,
  layersOf,
  stagesOf,
  type Design,
  type Layer,
  type Stage,
} from '../regnet/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { CheckpointError, type Mismatch } from './errors.ts';
import { namerOf } from './naming.ts';
import { parametersOf } from './parameters.ts';
import { SCHEMES } from './schemes.ts';
import type { Dtype, Tensor } from './tensor.ts';

/** A design with a name, to compare a checkpoint with. */
export interface KnownDesign {
  readonly id: string;
  readonly design: Design;
}

/** The network that a checkpoint's shapes describe. */
export interface Fit {
  readonly stages: readonly Stage[];
  readonly classes: number;
  /** At the papers' 224 pixels; `layersOf(stages, …)` gives them at other resolutions. */
  readonly layers: readonly Layer[];
  readonly params: number;
  /** The known design with these stages, or `regnetx_004_tv`; null when there is none. */
  readonly design: string | null;
  /** What is missing, left over, or of another shape; empty when the checkpoint is a RegNetX. */
  readonly mismatches: readonly Mismatch[];
}

/**
 * torchvision's 400MF under timm's name: its last stage is 400 wide, a width that the paper's rule,
 * which gives 384, cannot make from these parameters.
 */
const TORCHVISION_400MF: { readonly id: string; readonly stages: readonly Stage[] } = {
  id: 'regnetx_004_tv',
  stages: [
    { width: 32, depth: 1, groups: 2, groupWidth: 16 },
    { width: 64, depth: 2, groups: 4, groupWidth: 16 },
    { width: 160, depth: 7, groups: 10, groupWidth: 16 },
    { width: 400, depth: 12, groups: 25, groupWidth: 16 },
  ],
};

/** ImageNet-21k has 21,841 classes; the largest published sets a few hundred thousand. */
const MAX_CLASSES = 1_000_000;
const FLOATING: readonly Dtype[] = ['F64', 'F32', 'F16', 'BF16'];
/** Mismatches that an error message spells out; all are in the error. */
const MISMATCHES_TOLD = 3;

/**
 * Reads the network off the shapes of the 3x3 convolutions and of the classifier, and compares every
 * tensor with it. Throws a CheckpointError when not even stages or classes can be read.
 */
export function fitRegNetX(checkpoint: Checkpoint, known: readonly KnownDesign[]): Fit {
  const stages = readStages(checkpoint);
  const classes = readClasses(checkpoint);
  const layers = layersOf(stages, undefined, classes);
  return {
    stages,
    classes,
    layers,
    params: complexityOf(layers).params,
    design: designOf(stages, known),
    mismatches: mismatchesOf(checkpoint, layers),
  };
}

/** As `fitRegNetX`, but throws a CheckpointError (`misfit`) unless every tensor fits. */
export function requireFit(checkpoint: Checkpoint, known: readonly KnownDesign[]): Fit {
  const fit = fitRegNetX(checkpoint, known);
  if (fit.mismatches.length > 0) throw misfitError(fit);
  return fit;
}

/** What `requireFit` throws. */
export function misfitError(fit: Fit): CheckpointError {
  const told = fit.mismatches.slice(0, MISMATCHES_TOLD).map(tellMismatch).join('; ');
  const more = fit.mismatches.length - MISMATCHES_TOLD;
  return new CheckpointError(
    'misfit',
    `The weights are no RegNetX's: ${told}${more > 0 ? ` (and ${more} more)` : ''}.`,
    fit.mismatches,
  );
}

/** One mismatch in words. */
export function tellMismatch({ name, expected, found }: Mismatch): string {
  const text = (shape: readonly number[]): string => shape.join('x') || 'a single number';
  if (!found) return `${name} (${text(expected ?? [])}) is missing`;
  if (!expected) return `${name} (${text(found)}) has no place`;
  return `${name} should be ${text(expected)}, found ${text(found)}`;
}

function readStages({ tensors, scheme }: Checkpoint): Stage[] {
  const stages: Stage[] = [];
  const conv2 = (stage: number, block: number): string => `s${stage}.b${block}.conv2.conv.weight`;
  for (let s = 1; ; s++) {
    const shape = tensors.get(conv2(s, 1))?.shape;
    if (!shape) break;
    const [width = 0, groupWidth = 0] = shape;
    const groups = width / groupWidth;
    if (shape.length !== 4 || !Number.isInteger(groups) || groups < 1)
      throw new CheckpointError(
        'misfit',
        `The weights are no RegNetX's: ${namerOf(scheme).fromTimm(conv2(s, 1)) ?? conv2(s, 1)} is ${shape.join('x')}, which is no grouped 3x3 convolution.`,
      );
    let depth = 1;
    while (tensors.has(conv2(s, depth + 1))) depth++;
    stages.push({ width, depth, groups, groupWidth });
  }
  if (stages.length > 0) return stages;
  throw new CheckpointError(
    'misfit',
    `The tensors are named as in ${SCHEMES[scheme].label}, but there is no block of a RegNetX among them.`,
  );
}

function readClasses({ tensors, scheme }: Checkpoint): number {
  const classes = tensors.get('head.fc.weight')?.shape[0];
  if (classes === undefined)
    throw new CheckpointError(
      'misfit',
      `The file has no classifier (${SCHEMES[scheme].fc}.weight), so it cannot tell classes apart; bring the whole network.`,
    );
  if (classes >= 1 && classes <= MAX_CLASSES) return classes;
  throw new CheckpointError('limit', `A classifier of ${classes} classes cannot be right.`);
}

function designOf(stages: readonly Stage[], known: readonly KnownDesign[]): string | null {
  const all = [
    ...known.map(({ id, design }) => ({ id, stages: stagesOf(design) })),
    TORCHVISION_400MF,
  ];
  const equal = (a: Stage, b: Stage | undefined): boolean =>
    a.width === b?.width && a.depth === b.depth && a.groupWidth === b.groupWidth;
  const found = all.find(
    (candidate) =>
      candidate.stages.length === stages.length &&
      candidate.stages.every((stage, i) => equal(stage, stages[i])),
  );
  return found?.id ?? null;
}

function mismatchesOf(checkpoint: Checkpoint, layers: readonly Layer[]): Mismatch[] {
  const { tensors, strangers, scheme } = checkpoint;
  const { fromTimm } = namerOf(scheme);
  const expected = new Map(
    layers.flatMap(parametersOf).map(({ name, shape }) => [name, shape] as const),
  );
  const mismatches: Mismatch[] = [];
  for (const [name, shape] of expected) {
    const tensor = tensors.get(name);
    const own = fromTimm(name) ?? name;
    if (!tensor) mismatches.push({ name: own, expected: shape, found: null });
    else if (tensor.shape.join() !== shape.join())
      mismatches.push({ name: own, expected: shape, found: tensor.shape });
    else checkType(own, tensor);
  }
  for (const [name, tensor] of tensors)
    if (!expected.has(name))
      mismatches.push({ name: fromTimm(name) ?? name, expected: null, found: tensor.shape });
  for (const [name, tensor] of strangers)
    mismatches.push({ name, expected: null, found: tensor.shape });
  return mismatches;
}

function checkType(name: string, { storage }: Tensor): void {
  if (!FLOATING.includes(storage.dtype))
    throw new CheckpointError(
      'unsupported',
      `The tensor ${name} has the type ${storage.dtype}; only floating-point weights run here.`,
    );
}
