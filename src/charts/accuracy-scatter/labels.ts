import { overlap, r, type Box } from '../shared/svg.ts';
import { textWidth } from '../shared/text.ts';

/** A text with its anchor; `y` is the middle of the line. */
export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly text: string;
}

interface Marked {
  readonly text: string;
  readonly x: number;
  readonly ours: number;
  readonly official: number;
}

interface Ground {
  readonly bounds: Box;
  readonly font: number;
}

/** Clear space around a mark, and around one that a label does not belong to. */
const CLEAR = 7;
const APART = 12;

/** Rounds of placing; later ones correct choices that left a later label no room. */
const ROUNDS = 4;

/**
 * Places for labels beside their marks such that none overlaps another label, a mark or the edge:
 * each takes the first of eight places that is free and nearest to its own mark, or the least
 * crowded one. `fixed` labels are there already.
 */
export function placeLabels(
  marks: readonly Marked[],
  { bounds, font }: Ground,
  fixed: readonly PlacedLabel[],
): PlacedLabel[] {
  const taken = fixed.map((label) => labelBox(label, font));
  const placed: (PlacedLabel | undefined)[] = marks.map(() => undefined);
  const place = (mark: Marked, self: number): PlacedLabel => {
    const obstacles = [
      ...taken,
      ...marks.map((other, i) => markBox(other, i === self ? CLEAR : APART)),
      ...placed.flatMap((label, i) => (label && i !== self ? [labelBox(label, font)] : [])),
    ];
    const costOf = (label: PlacedLabel): number => {
      const box = labelBox(label, font);
      const hits = obstacles.filter((other) => overlap(box, other)).length;
      const ambiguous = distance(box, mark) > Math.min(...marks.map((m) => distance(box, m)));
      return 2 * hits + (inside(box, bounds) ? 0 : 4) + (ambiguous ? 1 : 0);
    };
    return places(mark, font).reduce((a, b) => (costOf(b) < costOf(a) ? b : a));
  };
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, mark] of marks.entries()) placed[i] = place(mark, i);
  return placed.filter((label) => label !== undefined);
}

/** The box that a label fills. */
export function labelBox({ x, y, anchor, text }: PlacedLabel, font: number): Box {
  const width = textWidth(text, font);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { x: left, y: y - font * 0.6, width, height: font * 1.2 };
}

/** The box that a pair of marks fills, with clear space to the sides. */
export function markBox({ x, ours, official }: Omit<Marked, 'text'>, clear: number): Box {
  const top = Math.min(ours, official) - CLEAR;
  return { x: x - clear, y: top, width: 2 * clear, height: Math.abs(ours - official) + 2 * CLEAR };
}

/** The eight places around a pair, the best first. */
function places({ text, x, ours, official }: Marked, font: number): PlacedLabel[] {
  const top = Math.min(ours, official);
  const bottom = Math.max(ours, official);
  const middle = (top + bottom) / 2;
  const above = top - CLEAR - font * 0.75;
  const below = bottom + CLEAR + font * 0.75;
  const right = { x: r(x + CLEAR + 2), anchor: 'start', text } as const;
  const left = { x: r(x - CLEAR - 2), anchor: 'end', text } as const;
  const centred = { x: r(x), anchor: 'middle', text } as const;
  const slightlyBelow = bottom + font * 0.7;
  const slightlyAbove = top - font * 0.7;
  return [
    { ...right, y: r(slightlyBelow) },
    { ...left, y: r(slightlyAbove) },
    { ...centred, y: r(below) },
    { ...centred, y: r(above) },
    { ...right, y: r(middle) },
    { ...left, y: r(middle) },
    { ...right, y: r(below) },
    { ...left, y: r(above) },
  ];
}

/** From the nearest point of a box to the middle of a pair. */
function distance(box: Box, { x, ours, official }: Marked): number {
  const y = (ours + official) / 2;
  const dx = x - Math.min(Math.max(x, box.x), box.x + box.width);
  const dy = y - Math.min(Math.max(y, box.y), box.y + box.height);
  return Math.hypot(dx, dy);
}

function inside(box: Box, bounds: Box): boolean {
  return (
    box.x >= bounds.x &&
    box.y >= bounds.y &&
    box.x + box.width <= bounds.x + bounds.width &&
    box.y + box.height <= bounds.y + bounds.height
  );
}
