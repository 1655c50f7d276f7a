/** The tensors that a network has on a device for one picture, out of its layer list. */
import { hasWeights, OPERATORS, type Layer } from '../../regnet/index.ts';
import type { FilterShape, MapShape } from '../backend.ts';

/** A layer's name, or who else needs something, and what it needs. */
export interface Operand<Shape> {
  readonly name: string;
  readonly shape: Shape;
}

/** The picture, and what each layer writes. Throws a RangeError for a network without layers. */
export function mapsOf(layers: readonly Layer[]): Operand<MapShape>[] {
  const [first] = layers;
  if (!first) throw new RangeError('The network has no layers.');
  const { hin, win, cin } = first;
  return [
    { name: 'The picture', shape: [1, hin, win, cin] },
    ...layers.map(({ name, hout, wout, cout }): Operand<MapShape> => {
      return { name, shape: [1, hout, wout, cout] };
    }),
  ];
}

/** The filters of all layers that have one. */
export function filtersOf(layers: readonly Layer[]): Operand<FilterShape>[] {
  return layers
    .filter(hasWeights)
    .map(({ name, kernel, cin, cout, groups }) => ({ name, shape: { kernel, cin, cout, groups } }));
}

/** Widths of the maps that convolutions compute. */
export function mapWidthsOf(layers: readonly Layer[]): number[] {
  return layers.filter(({ op }) => OPERATORS[op].map).map(({ wout }) => wout);
}

/** The largest by a measure, the first of equals; there is at least one. */
export function largestBy<T>(all: readonly T[], measure: (one: T) => number): T {
  return all.reduce((best, one) => (measure(one) > measure(best) ? one : best));
}
