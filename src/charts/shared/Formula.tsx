import { r } from './svg.ts';

/** A piece of a formula: its text, and whether it stands on the line, raised (1) or lowered (-1). */
export type Piece = string | { readonly text: string; readonly script: 1 | -1 };

/** tspans for a formula with sub- and superscripts, inside a <text> of this font size. */
export function Formula({
  font,
  pieces,
}: {
  readonly font: number;
  readonly pieces: readonly Piece[];
}) {
  let level = 0;
  return (
    <>
      {pieces.map((piece) => {
        const { text, script } = typeof piece === 'string' ? { text: piece, script: 0 } : piece;
        const target = script === 0 ? 0 : script > 0 ? -0.36 * font : 0.26 * font;
        const dy = target - level;
        level = target;
        return (
          <tspan key={text} dy={r(dy)} font-size={script === 0 ? undefined : r(font * 0.76)}>
            {text}
          </tspan>
        );
      })}
    </>
  );
}
