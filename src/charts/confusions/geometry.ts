import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { SHEETS, r, type Box, type Sheet } from '../shared/svg.ts';
import { textWidth } from '../shared/text.ts';

/** How often pictures of one class were taken for another. */
export interface Confusion {
  /** What they show, and what the network said. */
  readonly truth: string;
  readonly taken: string;
  readonly count: number;
}

export interface ConfusionsGeometry extends Sheet {
  readonly rows: readonly {
    readonly slot: Box;
    readonly bar: Box;
    readonly label: { readonly y: number; readonly text: string };
    readonly count: { readonly x: number; readonly y: number };
  }[];
}

const FRAME = { ...SHEETS.narrow, row: 36, bar: 9, countRoom: 44 };
/** So many are drawn; the table has more. */
export const MOST_DRAWN = 10;

/** The most frequent confusions, a bar each below its name. */
export function confusionsGeometry(confusions: readonly Confusion[]): ConfusionsGeometry {
  const { width, font, row, bar, countRoom } = FRAME;
  const drawn = confusions.slice(0, MOST_DRAWN);
  const x = scaleLinear([0, max(drawn, ({ count }) => count) ?? 1], [0, width - countRoom]);
  return {
    width,
    height: Math.max(row, drawn.length * row),
    font,
    rows: drawn.map((confusion, i) => {
      const top = i * row;
      const length = r(Math.max(1, x(confusion.count)));
      return {
        slot: { x: 0, y: top, width, height: row },
        bar: { x: 0, y: r(top + font + 8), width: length, height: bar },
        label: { y: r(top + font + 2), text: fitted(confusion, width, font) },
        count: { x: r(length + 6), y: r(top + font + 8 + bar / 2) },
      };
    }),
  };
}

/** `tabby → Egyptian cat`. */
export function confusionName({ truth, taken }: Pick<Confusion, 'truth' | 'taken'>): string {
  return `${truth} → ${taken}`;
}

/** The name in a line: what is too long loses its ends, each side what it can spare. */
function fitted({ truth, taken }: Confusion, room: number, font: number): string {
  for (let most = Math.max(truth.length, taken.length); most > 1; most--) {
    const name = confusionName({ truth: cut(truth, most), taken: cut(taken, most) });
    if (textWidth(name, font) <= room) return name;
  }
  return '…';
}

const cut = (name: string, most: number) =>
  name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`;
