import { visible } from './terminal.ts';

/** The lines of rows under a heading, columns padded: texts to the left, numbers to the right. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  const cells = [heading, ...rows.map((row) => row.map((cell) => visible(String(cell))))];
  const widths = heading.map((_, column) =>
    cells.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  const isNumeric = heading.map((_, column) =>
    rows.every((row) => /^[\d,.x-]*(e[+-]\d+)?$/.test(String(row[column] ?? ''))),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumeric[column] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
