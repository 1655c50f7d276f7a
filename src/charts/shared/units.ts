/**
 * Multiply-adds in two units: as such, which the paper and pycls call FLOPs, or as "FLOPs (2x)", each
 * counted as a multiplication and an addition. Pages are built with both and `data-flops="2x"` on
 * <html> shows the other one (units.css, src/components/UnitSwitch.astro), so a chart needs no state:
 * it writes a Text with formatCost, COST_LABELS and say, and shows it with <Words>. The API stays in
 * multiply-adds; a copied picture or table holds the unit that was shown.
 */
import type { Cost } from '../../regnet/index.ts';
import { formatCount } from './format.ts';

/** Multiply-adds (1x), or operations (2x). */
export type Unit = '1x' | '2x';

/** A text that reads otherwise in the other unit. */
export interface InBoth {
  readonly '1x': string;
  readonly '2x': string;
}

/** A text of a page: the same in both units, or not. */
export type Text = string | InBoth;

/** What the costs are called. */
export const COST_LABELS: Readonly<Record<Cost, Text>> = {
  flops: { '1x': 'multiply-adds', '2x': 'FLOPs (2x)' },
  params: 'parameters',
  acts: 'activations',
};

/** The unit that a document shows. */
export function unitOf(root: HTMLElement): Unit {
  return root.dataset.flops === '2x' ? '2x' : '1x';
}

/** A text as it reads in one unit. */
export function inUnit(text: Text, unit: Unit = '1x'): string {
  return typeof text === 'string' ? text : text[unit];
}

/** Text made of texts, as a tag: say`${formatCost('flops', n)} ${COST_LABELS.flops}`. */
export function say(strings: TemplateStringsArray, ...texts: readonly (Text | number)[]): Text {
  const as = (unit: Unit): string =>
    String.raw(
      { raw: strings },
      ...texts.map((text) => (typeof text === 'number' ? text : inUnit(text, unit))),
    );
  return texts.some((text) => typeof text === 'object')
    ? { '1x': as('1x'), '2x': as('2x') }
    : as('1x');
}

/** A number of multiply-adds, written by `format`, and twice of it in the other unit. */
export function formatMultiplyAdds(
  count: number,
  format: (count: number) => string = formatCount,
): InBoth {
  return { '1x': format(count), '2x': format(2 * count) };
}

/** A cost, written by `format`: multiply-adds in both units, the others as they are. */
export function formatCost(
  cost: Cost,
  count: number,
  format: (count: number) => string = formatCount,
): Text {
  return cost === 'flops' ? formatMultiplyAdds(count, format) : format(count);
}

/** A sentence with multiply-adds in it whose figures, such as shares, hold in both units. */
export function relabelled(sentence: string): Text {
  const [before, ...rest] = sentence.split('multiply-adds');
  return rest.reduce<Text>((text, part) => say`${text}${COST_LABELS.flops}${part}`, before ?? '');
}
