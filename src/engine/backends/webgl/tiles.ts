import type { FilterShape, MapShape } from '../../backend.ts';
import { BLOCK, type FilterGrid } from '../blocks.ts';

/**
 * How a map lies on the GPU. A texel holds four neighbouring channels of one pixel; channels past
 * the last are zero. `tile` neighbouring pixels of a row are one texel each of the layers of an
 * array texture, so that one fragment, which can write one texel of every layer, computes all of
 * them and reads the weights once. In a layer, x counts tiles, then blocks of four channels; y counts
 * rows, then pictures. Pixels of the last tile past the edge of the map are zero.
 */
export interface TileGrid {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Layers: pixels of a tile. */
  readonly tile: number;
  /** Tiles a row. */
  readonly tiles: number;
  /** Blocks of four channels. */
  readonly blocks: number;
}

/** Texels of a texture: columns, rows and layers. */
export interface TextureSize {
  readonly columns: number;
  readonly rows: number;
  readonly layers: number;
}

/** The grid of a map; one of a single column has nothing to tile. */
export function tileGridOf([batch, height, width, channels]: MapShape, tile: number): TileGrid {
  const own = width === 1 ? 1 : tile;
  return {
    batch,
    height,
    width,
    channels,
    tile: own,
    tiles: Math.ceil(width / own),
    blocks: Math.ceil(channels / BLOCK),
  };
}

export function textureSizeOf({ batch, height, tile, tiles, blocks }: TileGrid): TextureSize {
  return { columns: tiles * blocks, rows: batch * height, layers: tile };
}

/** Row-major values as texels, layer after layer. */
export function packTiles(values: Float32Array, grid: TileGrid): Float32Array {
  const { columns, rows, layers } = textureSizeOf(grid);
  const texels = new Float32Array(columns * rows * layers * BLOCK);
  forEachPixel(grid, (value, texel) => {
    for (let c = 0; c < grid.channels; c++) texels[texel + c] = values[value + c] ?? 0;
  });
  return texels;
}

/** The inverse of packTiles. */
export function unpackTiles(texels: Float32Array, grid: TileGrid): Float32Array {
  const values = new Float32Array(grid.batch * grid.height * grid.width * grid.channels);
  forEachPixel(grid, (value, texel) => {
    values.set(texels.subarray(texel, texel + grid.channels), value);
  });
  return values;
}

/** Calls back with the index of each pixel's first value, and of its place among the texels. */
function forEachPixel(grid: TileGrid, visit: (value: number, texel: number) => void): void {
  const { width, channels, tile, blocks } = grid;
  const { columns, rows } = textureSizeOf(grid);
  for (let row = 0, value = 0; row < rows; row++)
    for (let x = 0; x < width; x++, value += channels) {
      const layer = x % tile;
      const column = ((x - layer) / tile) * blocks;
      visit(value, ((layer * rows + row) * columns + column) * BLOCK);
    }
}

/** A filter's texture: x counts taps, then blocks in; y blocks out; a layer an input channel. */
export function filterSizeOf(
  kernel: number,
  { groups, blocksIn, blocksOut }: FilterGrid,
): TextureSize {
  return { columns: kernel * kernel * blocksIn, rows: groups * blocksOut, layers: BLOCK };
}

/** Weights [cout, cin / groups, k, k] as texels of four output channels, layer after layer. */
export function packFilter(
  weights: Float32Array,
  { kernel, cin, cout, groups }: FilterShape,
  grid: FilterGrid,
): Float32Array {
  const { columns, rows, layers } = filterSizeOf(kernel, grid);
  const texels = new Float32Array(columns * rows * layers * BLOCK);
  const [groupIn, groupOut] = [cin / groups, cout / groups];
  const together = groups / grid.groups;
  let value = 0;
  for (let o = 0; o < cout; o++)
    for (let i = 0; i < groupIn; i++)
      for (let tap = 0; tap < kernel * kernel; tap++, value++) {
        const input = (Math.floor(o / groupOut) % together) * groupIn + i;
        const column = tap * grid.blocksIn + (input >> 2);
        const texel = ((input & 3) * rows + (o >> 2)) * columns + column;
        texels[texel * BLOCK + (o & 3)] = weights[value] ?? 0;
      }
  return texels;
}

/** Relative cost of a texel read beside the product of a texel and four weights, as measured. */
const READS = 1.5;

/**
 * The tile that computes maps of these widths with the least work: a large one reads less, one that
 * does not divide a width computes pixels past the edge.
 */
export function bestTile(widths: readonly number[], atMost: number): number {
  const cost = (tile: number): number =>
    widths.reduce((sum, width) => {
      const computed = Math.ceil(width / tile) * tile;
      return sum + (computed / width) * (1 + (READS * (tile + BLOCK)) / tile);
    }, 0);
  const tiles = Array.from({ length: Math.max(1, atMost - 3) }, (_, i) => Math.min(4, atMost) + i);
  return tiles.reduce((best, tile) => (cost(tile) <= cost(best) ? tile : best));
}
