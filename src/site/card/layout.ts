/** The picture of a page for those who share its address: 1200 x 630, as a tree that satori sets. */
import type { Bar } from '../../charts/silhouette/geometry.ts';

export const CARD = { width: 1200, height: 630 } as const;

/** What a card says and shows. */
export interface Card {
  readonly title: string;
  readonly text: string;
  /** A value and what it is of, four at most. */
  readonly figures: readonly (readonly [string, string])[];
  /** Bars in a box of `DRAWING`. */
  readonly bars: readonly Bar[];
}

const MARGIN = 72;
/** The box of the drawing, which stands on the card's lower edge. */
export const DRAWING = { width: CARD.width - 2 * MARGIN, height: 190 } as const;

// The light theme of src/styles/tokens.css.
const INK = '#1d2130';
const INK_2 = '#585f70';
const GROUND = '#fdfdfb';
const STAGES = ['#86c5a0', '#3fa0b3', '#3a68ad', '#5a4092'];

/** An element as satori takes it. */
export interface Element {
  readonly type: string;
  readonly key: null;
  readonly props: Readonly<Record<string, unknown>>;
}

/** Three lines at most; satori ends the last one with dots. */
const PARAGRAPH = {
  display: 'block',
  lineClamp: 3,
  width: DRAWING.width,
  marginTop: 14,
  fontSize: 30,
  lineHeight: 1.4,
};

type Style = Readonly<Record<string, string | number>>;

const element = (type: string, props: Element['props'], children?: unknown): Element => ({
  type,
  key: null,
  props: { ...props, children },
});
const box = (style: Style, children: string | readonly Element[]) =>
  element('div', { style: { display: 'flex', ...style } }, children);

/** A card as a tree of elements. */
export function layOut({ title, text, figures, bars }: Card): Element {
  const serif = { fontFamily: 'Source Serif', fontWeight: 600, color: INK };
  return box(
    {
      flexDirection: 'column',
      width: CARD.width,
      height: CARD.height,
      padding: `56px ${MARGIN}px 0`,
      background: GROUND,
      fontFamily: 'Inter',
      color: INK_2,
    },
    [
      box({ alignItems: 'center', ...serif, fontSize: 28 }, [mark(), box({}, 'RegNetX zoo')]),
      box({ ...serif, fontSize: title.length > 30 ? 56 : 76, marginTop: 18 }, title),
      figures.length > 0
        ? box({ marginTop: 18 }, figures.map(figure))
        : element('div', { style: PARAGRAPH }, text),
      box({ position: 'absolute', left: MARGIN, bottom: 0 }, [drawing(bars)]),
    ],
  );
}

function figure([value, of]: readonly [string, string]): Element {
  return box({ flexDirection: 'column', marginRight: 56 }, [
    box({ fontSize: 46, fontWeight: 600, color: INK }, value),
    box({ fontSize: 24 }, of),
  ]);
}

function drawing(bars: readonly Bar[]): Element {
  return element(
    'svg',
    { ...DRAWING, viewBox: `0 0 ${DRAWING.width} ${DRAWING.height}` },
    bars.map(({ stage, ...bar }) =>
      element('rect', { ...bar, fill: STAGES[(stage - 1) % STAGES.length] }),
    ),
  );
}

/** The mark of the site, as public/favicon.svg has it. */
function mark(): Element {
  const bars = [24, 19, 12, 3].map((y, i) =>
    element('rect', { x: 3 + 7 * i, y, width: 5, height: 29 - y, fill: STAGES[i] }),
  );
  return element(
    'svg',
    { width: 34, height: 34, viewBox: '0 0 32 32', style: { marginRight: 14 } },
    bars,
  );
}
