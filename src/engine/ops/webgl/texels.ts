/**
 * How TensorFlow.js packs a tensor into RGBA texels: one texel holds the 2x2 values of two
 * neighbouring rows and two neighbouring columns of the last two axes (for an image: two pixels of a
 * row by two channels), texels follow each other in row-major order, and where a row or column is
 * missing at the edge the texel is padded.
 */
export interface TexelGrid {
  /** Matrices of the last two axes. */
  readonly matrices: number;
  readonly rows: number;
  readonly columns: number;
  /** ceil(rows / 2). */
  readonly rowPairs: number;
  /** ceil(columns / 2). */
  readonly columnPairs: number;
}

const TEXEL = 4;

export function texelGridOf(shape: readonly number[]): TexelGrid {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.at(-2) ?? 1;
  return {
    matrices: shape.slice(0, -2).reduce((product, n) => product * n, 1),
    rows,
    columns,
    rowPairs: Math.ceil(rows / 2),
    columnPairs: Math.ceil(columns / 2),
  };
}

/** Row-major values as texels, zeros past the edge. */
export function packTexels(values: Float32Array, shape: readonly number[]): Float32Array {
  const grid = texelGridOf(shape);
  const texels = new Float32Array(grid.matrices * grid.rowPairs * grid.columnPairs * TEXEL);
  forEachValue(grid, (value, component) => {
    texels[component] = values[value] ?? 0;
  });
  return texels;
}

/** The inverse of packTexels; ignores what lies past the edge and after the last texel. */
export function unpackTexels(texels: Float32Array, shape: readonly number[]): Float32Array {
  const grid = texelGridOf(shape);
  const values = new Float32Array(grid.matrices * grid.rows * grid.columns);
  forEachValue(grid, (value, component) => {
    values[value] = texels[component] ?? 0;
  });
  return values;
}

/** Calls back with the row-major index of every value and the index of its texel component. */
function forEachValue(
  { matrices, rows, columns, rowPairs, columnPairs }: TexelGrid,
  visit: (value: number, component: number) => void,
): void {
  let value = 0;
  for (let matrix = 0; matrix < matrices; matrix++)
    for (let row = 0; row < rows; row++) {
      const texelRow = (matrix * rowPairs + (row >> 1)) * columnPairs;
      const lower = (row & 1) << 1;
      for (let column = 0; column < columns; column++, value++)
        visit(value, (texelRow + (column >> 1)) * TEXEL + lower + (column & 1));
    }
}
