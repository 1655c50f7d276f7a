/** Formulas of the guides, which stand in MathML, as a line of text. */
import type { Element, ElementContent } from 'hast';
import { textOf } from './hast.ts';

/** The text of a `<math>` element: `w_j`, `2^q`, `(a) / (b)`. */
export function formulaOf(math: Element): string {
  return math.children.map(lineOf).join('').replaceAll(/\s+/g, ' ').trim();
}

function lineOf(node: ElementContent): string {
  if (node.type !== 'element') return textOf(node);
  const parts = node.children.filter(({ type }) => type === 'element').map(lineOf);
  const [first = '', second = '', third = ''] = parts;
  switch (node.tagName) {
    case 'msub':
      return `${first}_${grouped(second)}`;
    case 'msup':
      return `${first}^${grouped(second)}`;
    case 'msubsup':
      return `${first}_${grouped(second)}^${grouped(third)}`;
    case 'mfrac':
      return `${grouped(first)}/${grouped(second)}`;
    case 'mo':
      return /^[=≥≤<>←+×·−]$/.test(textOf(node).trim()) ? ` ${textOf(node).trim()} ` : textOf(node);
    default:
      return parts.length > 0 ? parts.join('') : textOf(node);
  }
}

const grouped = (text: string): string =>
  text.trim().length > 1 ? `(${text.trim()})` : text.trim();
