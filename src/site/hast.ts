/** A built page as a tree, and what is found in it. */
import type { Element, ElementContent, Nodes, Root } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';

const parser = unified().use(rehypeParse);

/** The tree of a page. */
export const treeOf = (html: string): Root => parser.parse(html);

/** An element without attributes. */
export const element = (tagName: string, children: ElementContent[]): Element => ({
  type: 'element',
  tagName,
  properties: {},
  children,
});

/** All elements below a node that fit, in document order; not those within such a one. */
export function elementsBelow(node: Nodes, fits: (element: Element) => boolean): Element[] {
  if (!('children' in node)) return [];
  return node.children.flatMap((child) =>
    child.type === 'element' && fits(child) ? [child] : elementsBelow(child, fits),
  );
}

/** The first element below a node that fits; undefined when none does. */
export const findElement = (node: Nodes, fits: (element: Element) => boolean) =>
  elementsBelow(node, fits)[0];

/** Whether an element is of a class. */
export const hasClass = ({ properties: { className } }: Element, name: string): boolean =>
  Array.isArray(className) && className.includes(name);

/** All text of a node. */
export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** What a `<meta>` of a page says, by its name or property; empty when there is none. */
export function metaOf(tree: Root, name: string): string {
  const meta = findElement(
    tree,
    ({ tagName, properties }) =>
      tagName === 'meta' && (properties.name === name || properties.property === name),
  );
  const content = meta?.properties.content;
  return typeof content === 'string' ? content : '';
}
