/** Two checkpoints of any origin, layer by layer, under timm's names. */
import { hasWeights, sameStages, type Layer, type Role } from '../regnet/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { distance, IDENTICAL, type Distance } from './distance.ts';
import { parametersOf } from './parameters.ts';
import { settingsOf, type Fitted, type Setting } from './diff-settings.ts';
import { flip, toFloat32, type Tensor } from './tensor.ts';

/** `equal`: every value is the same. `close`: no tensor is farther than `CLOSE`. */
export type Verdict = 'equal' | 'close' | 'different';

/**
 * The largest relative L2 distance of a tensor that still counts as close. Rounding to bfloat16 costs
 * up to 0.004, to float16 0.0005; two trainings from different starts are farther apart than 1.
 */
export const CLOSE = 0.01;

/** A tensor of both files. */
export interface TensorDifference extends Distance {
  readonly name: string;
}

/**
 * A layer of either file. It is as far as the farthest of its tensors (convolution's weight and batch
 * norm's four vectors, or the classifier's weight and bias). Null distances: the layer is missing in
 * a file or has other shapes, or a value is no finite number.
 */
export interface LayerDifference extends Distance {
  readonly name: string;
  readonly role: Role;
  /** Stage from 1, 0 outside of the stages. */
  readonly stage: number;
  /** Empty where the layer cannot be compared. */
  readonly tensors: readonly TensorDifference[];
  /** What keeps it from being compared, in words; null where nothing does. */
  readonly obstacle: string | null;
}

export interface CheckpointDiff {
  readonly verdict: Verdict;
  /** Why, in one sentence. */
  readonly reason: string;
  /** Whether stages and classes are the same. */
  readonly sameNetwork: boolean;
  readonly layers: readonly LayerDifference[];
  readonly settings: readonly Setting[];
  /** The rule of `close`: `CLOSE`. */
  readonly close: number;
}

/**
 * Compares two checkpoints as float32, first convolutions on RGB. Layers stand in the first file's
 * order of execution, then those that only the second has.
 */
export function diffCheckpoints(a: Fitted, b: Fitted): CheckpointDiff {
  const ofA = new Map(a.fit.layers.filter(hasWeights).map((layer) => [layer.name, layer]));
  const ofB = new Map(b.fit.layers.filter(hasWeights).map((layer) => [layer.name, layer]));
  const extra = [...ofB.values()].filter(({ name }) => !ofA.has(name));
  const layers = [...ofA.values(), ...extra].map((layer) =>
    compareLayer(layer, ofA.get(layer.name), ofB.get(layer.name), a.checkpoint, b.checkpoint),
  );
  const sameNetwork = sameStages(a.fit.stages, b.fit.stages) && a.fit.classes === b.fit.classes;
  const verdict = verdictOf(layers);
  return {
    verdict,
    reason: reasonOf(verdict, layers, a, b),
    sameNetwork,
    layers,
    settings: settingsOf(a, b),
    close: CLOSE,
  };
}

function compareLayer(
  { name, role, stage }: Layer,
  a: Layer | undefined,
  b: Layer | undefined,
  first: Checkpoint,
  second: Checkpoint,
): LayerDifference {
  const unknown = { relativeL2: null, cosine: null, same: false, tensors: [] };
  if (!a || !b)
    return {
      name,
      role,
      stage,
      ...unknown,
      obstacle: `only in the ${a ? 'first' : 'second'} file`,
    };
  const [shapesA, shapesB] = [parametersOf(a), parametersOf(b)];
  const other = shapesA.find(({ shape }, i) => shape.join() !== shapesB[i]?.shape.join());
  if (other) {
    const there = shapesB.find((parameter) => parameter.name === other.name)?.shape ?? [];
    const obstacle = `${other.name} is ${other.shape.join('x')} and ${there.join('x')}`;
    return { name, role, stage, ...unknown, obstacle };
  }
  const tensors = shapesA.map((parameter) => ({
    name: parameter.name,
    ...distance(
      valuesOf(first.tensors.get(parameter.name)),
      valuesOf(second.tensors.get(parameter.name)),
    ),
  }));
  return { name, role, stage, ...farthest(tensors), tensors, obstacle: null };
}

function valuesOf(tensor: Tensor | undefined): Float32Array {
  return tensor ? toFloat32(tensor) : new Float32Array(0);
}

function farthest(tensors: readonly Distance[]): Distance {
  return tensors.reduce(
    (far, next) => ({
      same: far.same && next.same,
      relativeL2: orNull(Math.max, far.relativeL2, next.relativeL2),
      cosine: orNull(Math.min, far.cosine, next.cosine),
    }),
    IDENTICAL,
  );
}

function orNull(
  pick: (a: number, b: number) => number,
  a: number | null,
  b: number | null,
): number | null {
  return a === null || b === null ? null : pick(a, b);
}

function verdictOf(layers: readonly LayerDifference[]): Verdict {
  if (layers.every(({ same }) => same)) return 'equal';
  return layers.every(({ same, relativeL2 }) => same || (relativeL2 ?? Infinity) <= CLOSE)
    ? 'close'
    : 'different';
}

function reasonOf(
  verdict: Verdict,
  layers: readonly LayerDifference[],
  a: Fitted,
  b: Fitted,
): string {
  if (verdict === 'equal') return 'Every value is the same.';
  const compared = layers.filter(({ relativeL2 }) => relativeL2 !== null);
  const far = compared.reduce<LayerDifference | undefined>(
    (most, next) => ((next.relativeL2 ?? 0) > (most?.relativeL2 ?? 0) ? next : most),
    undefined,
  );
  const most = `the farthest layer is ${far?.name ?? ''}, at a relative L2 distance of ${(far?.relativeL2 ?? 0).toPrecision(3)}`;
  if (verdict === 'close')
    return `No tensor is farther than ${CLOSE}, as after rounding to half precision; ${most}.`;
  if (!sameStages(a.fit.stages, b.fit.stages)) {
    const apart = layers.length - compared.length;
    return `They are different networks: ${apart} of ${layers.length} layers have no counterpart of the same shape.`;
  }
  if (a.fit.classes !== b.fit.classes)
    return `The classifiers have ${a.fit.classes} and ${b.fit.classes} classes; of the other layers, ${most}.`;
  if (differInStemOrder(a.checkpoint, b.checkpoint))
    return 'The first convolutions differ in the order of their channels alone: one of the files does not take the order, RGB or BGR, that it is held for.';
  if (compared.length < layers.length)
    return 'A file holds values that are no finite numbers: it is damaged, or its training diverged.';
  return `A tensor is farther than ${CLOSE}: ${most}.`;
}

const STEM = 'stem.conv.weight';
const CHANNEL_AXIS = 1;

function differInStemOrder({ tensors: a }: Checkpoint, { tensors: b }: Checkpoint): boolean {
  const [first, second] = [a.get(STEM), b.get(STEM)];
  if (!first || !second) return false;
  const far = ({ relativeL2 }: Distance): boolean => (relativeL2 ?? Infinity) > CLOSE;
  const values = toFloat32(first);
  return (
    far(distance(values, toFloat32(second))) &&
    !far(distance(values, toFloat32(flip(second, CHANNEL_AXIS))))
  );
}
