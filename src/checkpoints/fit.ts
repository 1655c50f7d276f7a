import {
  complexityOf,
  layersOf,
  MAX_WIDTH,
  sameStages,
  TORCHVISION_400MF,
  stagesOf,
  torchvisionStagesOf,
  type Design,
  type Layer,
  type Stage,
} from '../regnet/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { CheckpointError, type Mismatch } from './errors.ts';
import type { Head } from './head.ts';
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
  /** What is missing, left over, or of another shape: the first of them. */
  readonly mismatches: readonly Mismatch[];
  /** How many there are in all; none when the checkpoint is a RegNetX. */
  readonly misfits: number;
}

/** ImageNet-21k has 21,841 classes; the largest published sets a few hundred thousand. */
const MAX_CLASSES = 1_000_000;
const FLOATING: readonly Dtype[] = ['F64', 'F32', 'F16', 'BF16'];
/** Mismatches that an error message spells out. */
const MISMATCHES_TOLD = 3;
/** Mismatches that are kept: more than anybody reads. */
const MISMATCHES_KEPT = 50;

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
    ...mismatchesOf(checkpoint, layers),
  };
}

/** As `fitRegNetX`, but throws a CheckpointError (`misfit`) unless every tensor fits. */
export function requireFit(checkpoint: Checkpoint, known: readonly KnownDesign[]): Fit {
  const fit = fitRegNetX(checkpoint, known);
  if (fit.misfits > 0) throw misfitError(fit);
  return fit;
}

/** What `requireFit` throws. */
export function misfitError(fit: Fit): CheckpointError {
  const told = fit.mismatches.slice(0, MISMATCHES_TOLD).map(tellMismatch).join('; ');
  const more = fit.misfits - MISMATCHES_TOLD;
  return new CheckpointError(
    'misfit',
    `The weights are no RegNetX's: ${told}${more > 0 ? ` (and ${more.toLocaleString('en')} more)` : ''}.`,
    fit.mismatches,
    fit.misfits,
  );
}

/** One mismatch in words. */
export function tellMismatch({ name, expected, found }: Mismatch): string {
  const text = (shape: readonly number[]): string => shape.join('x') || 'a single number';
  if (!found) return `${name} (${text(expected ?? [])}) is missing`;
  if (!expected) return `${name} (${text(found)}) has no place`;
  return `${name} should be ${text(expected)}, found ${text(found)}`;
}

function readStages({ tensors, scheme, nameInFile }: Checkpoint): Stage[] {
  const stages: Stage[] = [];
  const conv2 = (stage: number, block: number): string => `s${stage}.b${block}.conv2.conv.weight`;
  refuseResNet(tensors.get(STEM), nameInFile(STEM));
  for (let s = 1; ; s++) {
    const shape = tensors.get(conv2(s, 1))?.shape;
    if (!shape) break;
    const [width = 0, groupWidth = 0] = shape;
    const groups = width / groupWidth;
    const text = `${nameInFile(conv2(s, 1))} is ${shape.join('x')}`;
    if (shape.length !== 4 || !Number.isInteger(groups) || groups < 1)
      throw new CheckpointError(
        'misfit',
        `The weights are no RegNetX's: ${text}, which is no grouped 3x3 convolution.`,
      );
    if (width > MAX_WIDTH)
      throw new CheckpointError('limit', `A stage of ${width} channels cannot be right: ${text}.`);
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

const STEM = 'stem.conv.weight';
/** ResNet begins with a 7x7 convolution; d-li14's names are its names, too. */
const RESNET_KERNEL = 7;

function refuseResNet(stem: Tensor | undefined, name: string): void {
  if (stem?.shape[3] === RESNET_KERNEL)
    throw new CheckpointError(
      'misfit',
      `The weights are a ResNet's or one of its kind (its first convolution, ${name}, is ${stem.shape.join('x')}); only RegNetX runs here.`,
    );
}

function readClasses({ tensors, head, nameInFile }: Checkpoint): number {
  const classes = tensors.get('head.fc.weight')?.shape[0];
  if (classes === undefined) throw headError(head, nameInFile('head.fc.weight'));
  if (classes >= 1 && classes <= MAX_CLASSES) return classes;
  throw new CheckpointError('limit', `A classifier of ${classes} classes cannot be right.`);
}

function headError(head: Head, usual: string): CheckpointError {
  const list = (modules: readonly string[]): string => modules.slice(0, HEADS_TOLD).join(', ');
  if (head.kind === 'several')
    return new CheckpointError(
      'misfit',
      `The network has ${head.modules.length} classifiers (${list(head.modules)}), a RegNetX one; save the one that is meant as ${usual}, without the others.`,
    );
  if (head.kind === 'deep')
    return new CheckpointError(
      'misfit',
      `The classifier ${head.group} has more than one layer (${list(head.modules)}), a RegNetX's is a single one; such a head does not run here.`,
    );
  return new CheckpointError(
    'misfit',
    `The file has no classifier (${usual}), so it cannot tell classes apart; bring the whole network.`,
  );
}

const HEADS_TOLD = 4;

function designOf(stages: readonly Stage[], known: readonly KnownDesign[]): string | null {
  const all = [
    ...known.map(({ id, design }) => ({ id, stages: stagesOf(design) })),
    ...known
      .filter(({ id }) => id === TORCHVISION_400MF.of)
      .map(({ design }) => ({ id: TORCHVISION_400MF.id, stages: torchvisionStagesOf(design) })),
  ];
  return all.find((candidate) => sameStages(candidate.stages, stages))?.id ?? null;
}

/**
 * What does not fit. Tensors beside the network are no misfits by themselves; where something else
 * does not fit, they may be what it was meant to be.
 */
function mismatchesOf(
  { tensors, strangers, beside, nameInFile }: Checkpoint,
  layers: readonly Layer[],
): Pick<Fit, 'mismatches' | 'misfits'> {
  const mismatches: Mismatch[] = [];
  let misfits = 0;
  const add = (timm: string, expected: Mismatch['expected'], found: Mismatch['found']): void => {
    if (misfits++ < MISMATCHES_KEPT) mismatches.push({ name: nameInFile(timm), expected, found });
  };
  const addStranger = (name: string, found: readonly number[]): void => {
    if (misfits++ < MISMATCHES_KEPT) mismatches.push({ name, expected: null, found });
  };
  const expected = new Set<string>();
  for (const layer of layers)
    for (const { name, shape } of parametersOf(layer)) {
      expected.add(name);
      const tensor = tensors.get(name);
      if (!tensor) add(name, shape, null);
      else if (tensor.shape.join() !== shape.join()) add(name, shape, tensor.shape);
      else checkType(nameInFile(name), tensor);
    }
  for (const [name, { shape }] of tensors) if (!expected.has(name)) add(name, null, shape);
  for (const [name, { shape }] of strangers) addStranger(name, shape);
  if (misfits > 0) for (const [name, shape] of beside) if (shape) addStranger(name, shape);
  return { mismatches, misfits };
}

function checkType(name: string, { storage }: Tensor): void {
  if (!FLOATING.includes(storage.dtype))
    throw new CheckpointError(
      'unsupported',
      `The tensor ${name} has the type ${storage.dtype}; only floating-point weights run here.`,
    );
}
