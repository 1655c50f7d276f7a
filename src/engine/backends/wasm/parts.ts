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
  readonly threads: number;
}

/** A panel's weights are used for so many bytes of input before the next panel's: half an L2 cache. */
const INPUT_BYTES = 128 * 1024;
/** Several parts a thread, so that one that is held up does not hold up the others, */
const PARTS_PER_THREAD = 4;
/** but none of less than about ten microseconds, which is far more than handing it out takes. */
const LEAST_WORK = 200_000;

/** Cuts a convolution into parts, by pixels as long as there are enough, else by channels too. */
export function partsOf({ tiles, tileBytes, tileWork, panels, threads }: Work): Part[] {
  const wanted = threads === 1 ? 1 : threads * PARTS_PER_THREAD;
  const most = Math.ceil((tiles * panels * tileWork) / LEAST_WORK);
  const parts = Math.min(wanted, most);
  const across = Math.max(Math.ceil((tiles * tileBytes) / INPUT_BYTES), Math.min(parts, tiles));
  const down = Math.min(Math.ceil(parts / across), panels);
  return cut(tiles, across).flatMap(([tile, tilesEnd]) =>
    cut(panels, down).map(([panel, panelsEnd]) => ({
      tile,
      tiles: tilesEnd - tile,
      panel,
      panels: panelsEnd - panel,
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
