/** Saved objects around the weights of a fixture, as training scripts make them. */
import { expect } from 'vitest';
import {
  nameTensors,
  readContents,
  requireFit,
  type Checkpoint,
} from '../../../src/checkpoints/index.ts';
import { Placeholder } from '../../../src/checkpoints/placeholder.ts';
import { stateDictOf } from '../../../src/checkpoints/state-dict.ts';
import { Storage, Tensor } from '../../../src/checkpoints/tensor.ts';
import { models } from '../../../src/zoo/models.ts';
import { fixture } from './fixtures.ts';

type Dictionary = ReadonlyMap<unknown, unknown>;

/** The tensors of a fixture, under the names that its code base gives them. */
export const weightsOf = (name: string): ReadonlyMap<string, Tensor> =>
  readContents(fixture(`checkpoints/${name}`)).tensors;
export const torchvision = weightsOf('torchvision-zip.pth');

export const dictionary = (entries: Readonly<Record<string, unknown>>): Dictionary =>
  new Map(Object.entries(entries));
export const tensor = (...shape: readonly number[]): Tensor => {
  const elements = shape.reduce((a, b) => a * b, 1);
  return new Tensor(new Storage('F32', new Uint8Array(4 * elements)), shape);
};
export const renamed = (
  weights: ReadonlyMap<string, Tensor>,
  rename: (name: string) => string,
): Map<string, Tensor> => new Map(Array.from(weights, ([name, value]) => [rename(name), value]));
export const prefixed = (prefix: string, weights = torchvision) =>
  renamed(weights, (name) => `${prefix}${name}`);
export const object = (name: string, state: Readonly<Record<string, unknown>>): Placeholder => {
  const placeholder = new Placeholder(name);
  placeholder.state = dictionary(state);
  return placeholder;
};

export function read(saved: unknown): Checkpoint {
  return nameTensors({ container: 'pytorch-zip', metadata: {}, ...stateDictOf(saved) });
}

export function fitted(saved: unknown): Checkpoint {
  const checkpoint = read(saved);
  expect(requireFit(checkpoint, models)).toMatchObject({ params: 49450, classes: 10 });
  return checkpoint;
}

/** The fixture's network with other tensors in place of the classifier, and beside it. */
export const headed = (...tensors: readonly (readonly [string, Tensor])[]): Map<string, Tensor> =>
  new Map([...[...torchvision].filter(([name]) => !name.startsWith('fc.')), ...tensors]);
