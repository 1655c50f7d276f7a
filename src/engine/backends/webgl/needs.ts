import type { Layer } from '../../../regnet/index.ts';
import { filterGridOf } from '../blocks.ts';
import { filtersOf, largestBy, mapsOf, mapWidthsOf } from '../operands.ts';
import { bestTile, filterSizeOf, textureSizeOf, tileGridOf, type TextureSize } from './tiles.ts';

/** A texture, and the layer that needs it. */
interface Need {
  readonly name: string;
  readonly size: TextureSize;
}

export const longestSide = ({ columns, rows }: TextureSize): number => Math.max(columns, rows);

/**
 * The texture with the longest side that a network needs for one picture, of its filters, which are
 * loaded first, and its maps, on a device that draws into so many layers at once.
 */
export function largestTexture(layers: readonly Layer[], targets: number): Need {
  const tile = bestTile(mapWidthsOf(layers), targets);
  const needs: Need[] = [
    ...filtersOf(layers).map(({ name, shape }) => {
      return { name, size: filterSizeOf(shape.kernel, filterGridOf(shape)) };
    }),
    ...mapsOf(layers).map(({ name, shape }) => {
      return { name, size: textureSizeOf(tileGridOf(shape, tile)) };
    }),
  ];
  return largestBy(needs, ({ size }) => longestSide(size));
}
