/** A built page as Markdown: its text, tables and links, without what only a browser can use. */
import type { Element, ElementContent, Root } from 'hast';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { element, elementsBelow, findElement, hasClass, textOf } from './hast.ts';
import { formulaOf } from './formula.ts';

/** Drawings, controls and what belongs to no page alone. A drawing's numbers stand in a table. */
const DROPPED = new Set(
  'script style template noscript svg nav footer fieldset input select textarea progress output summary canvas'.split(
    ' ',
  ),
);
/** Seen or heard only: the other unit, copy buttons, anchors, words for screen readers. */
const DROPPED_CLASSES = [
  ...['rx-2x', 'rx-copy', 'rx-said', 'rx-hint', 'rx-readout', 'rx-without-script'],
  ...['sl-anchor-link', 'sr-only', 'colophon'],
];

const writer = unified()
  .use(rehypeRemark)
  .use(remarkGfm)
  .use(remarkStringify, { bullet: '-', emphasis: '_', rule: '-' });

/**
 * The main part of a page as Markdown. `address` turns what its links say into an address that holds
 * elsewhere. Throws for a page without a main part.
 */
export function markdownOf(page: Root, address: (href: string) => string): string {
  const main = findElement(page, ({ tagName }) => tagName === 'main');
  if (!main) throw new Error('A page needs a <main>: its text is offered as Markdown.');
  return writer.stringify(
    writer.runSync({ type: 'root', children: readable(main.children, address) }),
  );
}

function readable(
  nodes: readonly ElementContent[],
  address: (href: string) => string,
): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return [node];
    if (node.type !== 'element' || isDropped(node)) return [];
    if (node.tagName === 'pre') return [code(node)];
    if (node.tagName === 'math') return [element('code', [text(formulaOf(node))])];
    const children = readable(node.children, address);
    const { href } = node.properties;
    switch (node.tagName) {
      case 'a':
        return [
          {
            ...element('a', children),
            properties: { href: address(typeof href === 'string' ? href : '') },
          },
        ];
      // A figure that opens its source stays as text; other buttons do nothing here.
      case 'button':
        return hasClass(node, 'figure') ? children : [];
      case 'dl':
        return [element('ul', terms(children))];
      case 'small':
        return [text(' '), ...children];
      case 'span':
        return hasClass(node, 'small') ? [text(' '), ...children] : children;
      // What is folded away, or behind a tab, is read like all else.
      case 'details':
      case 'div':
        return [element('div', children)];
      default:
        return [{ ...node, children }];
    }
  });
}

function isDropped(node: Element): boolean {
  const { tagName, properties } = node;
  return (
    DROPPED.has(tagName) ||
    properties.popover !== undefined ||
    (properties.hidden === true && properties.role !== 'tabpanel') ||
    properties.role === 'tablist' ||
    properties.ariaHidden === 'true' ||
    // It takes pictures and shows what the network makes of them.
    properties.dataPanel === 'classifier' ||
    DROPPED_CLASSES.some((name) => hasClass(node, name))
  );
}

const text = (value: string): ElementContent => ({ type: 'text', value });

/** Code, which the site sets in an element a line. */
function code(pre: Element): Element {
  const lines = elementsBelow(pre, (node) => hasClass(node, 'ec-line'));
  const value =
    lines.length > 0 ? lines.map((line) => textOf(line).trimEnd()).join('\n') : textOf(pre);
  const language = pre.properties.dataLanguage;
  const className = typeof language === 'string' ? [`language-${language}`] : [];
  return element('pre', [{ ...element('code', [text(`${value}\n`)]), properties: { className } }]);
}

/** The terms of a list of terms as items: "term: what it means", whichever of the two comes first. */
function terms(children: readonly ElementContent[]): ElementContent[] {
  const items: { term: ElementContent[]; said: ElementContent[] }[] = [];
  for (const { tagName, children: inside } of elementsIn(children)) {
    if (tagName === 'div') {
      items.push({ term: [], said: [] });
      const group = elementsIn(inside);
      for (const part of group) add(part.tagName, part.children);
    } else {
      if (tagName === 'dt') items.push({ term: [], said: [] });
      add(tagName, inside);
    }
  }
  return items.map(({ term, said }) =>
    element('li', [text(term.map(textOf).join('').trim()), text(': '), ...said]),
  );

  function add(tagName: string, inside: readonly ElementContent[]): void {
    const last = items.at(-1);
    if (tagName === 'dt') last?.term.push(...inside);
    else last?.said.push(...inside, text(' '));
  }
}

const elementsIn = (nodes: readonly ElementContent[]) =>
  nodes.flatMap((node) => (node.type === 'element' ? [node] : []));
