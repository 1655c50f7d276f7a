import { overlap, r, type Box } from '../shared/svg.ts';
import { textWidth } from '../shared/text.ts';

/** A text with its anchor; `y` is the middle of the line. */
export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly text: string;
}

/** A text that wants a place beside a column of marks. */
export interface Wanted {
  readonly text: string;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

interface Ground {
  readonly bounds: Box;
  readonly font: number;
  /** What no label may cover. */
  readonly obstacles: readonly Box[];
  /** What labels should not cover where there is a choice. */
  readonly lines: readonly Box[];
}

/** Clear space around a mark. */
const CLEAR = 7;
/** Sideways, where a label would be taken for that of other marks. */
const APART = 12;

/** Rounds of placing; later ones correct choices that left a later label no room. */
const ROUNDS = 6;

/**
 * Places for labels beside their marks such that none overlaps another label, a mark or the edge:
 * each takes the first place that is free and nearest to its own mark, or the least crowded one.
 */
export function placeLabels(wanted: readonly Wanted[], ground: Ground): PlacedLabel[] {
  const { bounds, font, obstacles, lines } = ground;
  const placed: (PlacedLabel | undefined)[] = wanted.map(() => undefined);
  const place = (own: Wanted, self: number): PlacedLabel => {
    const taken = placed.flatMap((label, i) =>
      label && i !== self ? [labelBox(label, font)] : [],
    );
    const costOf = (label: PlacedLabel): number => {
      const box = labelBox(label, font);
      const hits = [...obstacles, ...taken].filter((other) => overlap(box, other)).length;
      const crossed = lines.filter((line) => overlap(box, line)).length;
      const ambiguous = distance(box, own) > Math.min(...wanted.map((w) => distance(box, w)));
      const near = wanted.filter((w) => w !== own && overlap(box, surroundings(w))).length;
      const far = gap(box, own) > 1.5 * font;
      return (
        4 * hits +
        1.5 * near +
        crossed +
        (inside(box, bounds) ? 0 : 8) +
        (ambiguous ? 2 : 0) +
        (far ? 1.25 : 0)
      );
    };
    return places(own, font).reduce((a, b) => (costOf(b) < costOf(a) ? b : a));
  };
  for (let round = 0; round < ROUNDS; round++) {
    const before = placed.map((label) => label && `${label.x},${label.y}`).join(' ');
    for (const [i, own] of wanted.entries()) placed[i] = place(own, i);
    if (placed.map((label) => label && `${label.x},${label.y}`).join(' ') === before) break;
  }
  return placed.filter((label) => label !== undefined);
}

/** The box that a label fills. */
export function labelBox({ x, y, anchor, text }: PlacedLabel, font: number): Box {
  const width = textWidth(text, font);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { x: left, y: y - font * 0.6, width, height: font * 1.2 };
}

/** The places around a column of marks, the best first. */
function places({ text, x, top, bottom }: Wanted, font: number): PlacedLabel[] {
  const right = { x: r(x + CLEAR + 2), anchor: 'start', text } as const;
  const left = { x: r(x - CLEAR - 2), anchor: 'end', text } as const;
  const centred = { x, anchor: 'middle', text } as const;
  const middle = (top + bottom) / 2;
  const below = bottom + font * 0.75;
  const above = top - font * 0.75;
  const heights = [bottom - font * 0.2, middle, top + font * 0.2, below, above];
  return [
    { ...right, y: r(bottom) },
    { ...left, y: r(top) },
    { ...centred, y: r(below) },
    { ...centred, y: r(above) },
    ...heights.flatMap((y) => [
      { ...right, y: r(y) },
      { ...left, y: r(y) },
    ]),
    // A line or two further away.
    ...[1.1, 2.2, 3.3].flatMap((lines) => [
      { ...centred, y: r(below + lines * font) },
      { ...right, y: r(below + lines * font) },
      { ...left, y: r(above - lines * font) },
      { ...centred, y: r(above - lines * font) },
      { ...left, y: r(below + lines * font) },
      { ...right, y: r(above - lines * font) },
    ]),
  ];
}

/** Where a label would be taken for that of these marks. */
function surroundings({ x, top, bottom }: Wanted): Box {
  return { x: x - APART, y: top - CLEAR, width: 2 * APART, height: bottom - top + 2 * CLEAR };
}

/** From the nearest point of a box to the middle of a column of marks. */
function distance(box: Box, { x, top, bottom }: Wanted): number {
  const y = (top + bottom) / 2;
  const dx = x - Math.min(Math.max(x, box.x), box.x + box.width);
  const dy = y - Math.min(Math.max(y, box.y), box.y + box.height);
  return Math.hypot(dx, dy);
}

/** From a box to the nearest of the marks. */
function gap(box: Box, { x, top, bottom }: Wanted): number {
  const dx = Math.max(box.x - x, x - box.x - box.width, 0);
  const dy = Math.max(box.y - bottom, top - box.y - box.height, 0);
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
