/** A part of a convolution: so many tiles and panels from the first on. */
export interface Part {
  readonly tile: number;
  readonly tiles: number;
  readonly panel: number;
  readonly panels: number;
}

export interface Work {
  readonly tiles: number;
  /** Bytes of input that a tile adds. */
  readonly tileBytes: number;
  /** Multiply-adds of one tile and one panel. */
  readonly tileWork: number;
  readonly panels: number;
  readonly panelBytes: number;
  readonly threads: number;
}

/** A panel's weights are used for so many bytes of input before the next panel's: half an L2 cache. */
const INPUT_BYTES = 128 * 1024;
/** Several parts a thread, so that one that is held up does not hold up the others, */
const PARTS_PER_THREAD = 4;
/** but none of less than about ten microseconds, which is far more than handing it out takes. */
const LEAST_WORK = 200_000;
/** Of large layers so many, which end more nearly at one time, as long as each is of this much work. */
const MORE_PER_THREAD = 8;
const MORE_WORK = 1_000_000;

/** Neighbouring panels of one pixel's output share a cache line, which two threads had better not. */
const PANELS_A_LINE = 2;

/**
 * Cuts a convolution into parts: by pixels as long as there are enough, so that each thread writes
 * pixels of its own; by channels where the weights are more than the input, since every part reads
 * all weights of its channels.
 */
export function partsOf({ tiles, tileBytes, tileWork, panels, panelBytes, threads }: Work): Part[] {
  const work = tiles * panels * tileWork;
  const parts =
    threads === 1
      ? 1
      : Math.max(
          Math.min(threads * PARTS_PER_THREAD, Math.ceil(work / LEAST_WORK)),
          Math.min(threads * MORE_PER_THREAD, Math.floor(work / MORE_WORK)),
        );
  const least = Math.ceil((tiles * tileBytes) / INPUT_BYTES);
  const byChannels = panels * panelBytes > tiles * tileBytes;
  const across = byChannels ? least : Math.max(least, Math.min(parts, tiles));
  const down = Math.ceil(parts / across);
  const lines = Math.ceil(panels / PANELS_A_LINE);
  return cut(tiles, across).flatMap(([tile, tilesEnd]) =>
    cut(lines, down).map(([line, linesEnd]) => ({
      tile,
      tiles: tilesEnd - tile,
      panel: line * PANELS_A_LINE,
      panels: Math.min(linesEnd * PANELS_A_LINE, panels) - line * PANELS_A_LINE,
    })),
  );
}

/** `length` in `parts` ranges of nearly one size, none of them empty. */
function cut(length: number, parts: number): [from: number, to: number][] {
  const most = Math.min(parts, length);
  return Array.from({ length: most }, (_, i) => [
    Math.floor((i * length) / most),
    Math.floor(((i + 1) * length) / most),
  ]);
}
