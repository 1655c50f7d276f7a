import type { Layer } from '../../../regnet/index.ts';
import type { Precision } from '../../backend.ts';
import { filterGridOf } from '../blocks.ts';
import { filtersOf, largestBy, mapsOf } from '../operands.ts';
import { filterBytes, mapBytes } from './layout.ts';

/** A buffer's bytes, and the layer that needs it. */
interface Need {
  readonly name: string;
  readonly bytes: number;
}

/** The largest buffer that a network needs for one picture: of its filters, which are loaded first, and maps. */
export function largestBuffer(layers: readonly Layer[], precision: Precision): Need {
  const needs: Need[] = [
    ...filtersOf(layers).map(({ name, shape }) => {
      return { name, bytes: filterBytes(shape, filterGridOf(shape), precision) };
    }),
    ...mapsOf(layers).map(({ name, shape }) => ({ name, bytes: mapBytes(shape, precision) })),
  ];
  return largestBy(needs, ({ bytes }) => bytes);
}
