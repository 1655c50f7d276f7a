import type { Layer } from '../../../regnet/index.ts';
import { filtersOf, mapsOf } from '../operands.ts';
import { bytesOf, filterBytes } from './packing.ts';

/** Maps of one shape at a time: a layer's input, its output, and the shortcut. */
const MAPS_AT_A_TIME = 3;

/**
 * Bytes that a network takes in WebAssembly's memory for one picture: all filters, and of each shape of
 * map as many as there may be at a time. Tables of where inputs stand are small beside these.
 */
export function memoryNeeded(layers: readonly Layer[]): number {
  const filters = filtersOf(layers).reduce((sum, { shape }) => sum + filterBytes(shape), 0);
  const shapes = new Map(mapsOf(layers).map(({ shape }) => [shape.join('x'), shape]));
  return [...shapes.values()].reduce(
    (sum, shape) => sum + MAPS_AT_A_TIME * bytesOf(shape),
    filters,
  );
}
