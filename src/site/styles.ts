/** The style sheet of each kind of page: of all rules of the site, those that it can use. */
import postcss, { type ChildNode, type Container, type Root, type Rule } from 'postcss';
import selectorParser from 'postcss-selector-parser';

const WORD = /[\w-]+/g;
const SCRIPT = /[\w.-]+\.js\b/g;
/** Pseudo-classes that hold where any of the selectors in them does. */
const ANY = new Set([':is', ':where', ':has', ':host']);

/** The words of pages and scripts, among them every class and id that a script may set. */
export interface Words {
  has(name: string): boolean;
}

/** All words of some texts. A word that ends with a hyphen may have anything behind it: a script adds to it. */
export function wordsOf(texts: Iterable<string>): Words {
  const words = new Set<string>();
  for (const text of texts) for (const [word] of text.matchAll(WORD)) words.add(word);
  const begun = [...words].filter((word) => /\w-$/.test(word));
  return { has: (name) => words.has(name) || begun.some((word) => name.startsWith(word)) };
}

/** The names of all scripts that a page names, or that one of these does, among `scripts` by name. */
export function scriptsOf(page: string, scripts: ReadonlyMap<string, string>): Set<string> {
  const found = new Set<string>();
  const texts = [page];
  for (let text = texts.pop(); text !== undefined; text = texts.pop())
    for (const [name] of text.matchAll(SCRIPT)) {
      const script = scripts.get(name);
      if (script === undefined || found.has(name)) continue;
      found.add(name);
      texts.push(script);
    }
  return found;
}

/**
 * Style sheets in their order as one: without the selectors that name a class or an id which is not
 * among the words, without what is then empty, and without rules that stand again further down.
 * Nothing else changes: what is left applies as before.
 */
export function usedStyles(sheets: readonly string[], words: Words): string {
  const root = postcss.parse(sheets.join('\n'));
  root.walkRules((rule) => {
    if (!inKeyframes(rule)) keepUsed(rule, words);
  });
  removeEmpty(root);
  removeRepeated(root);
  return root.toString();
}

const inKeyframes = ({ parent }: Rule): boolean =>
  parent?.type === 'atrule' && (parent as postcss.AtRule).name.endsWith('keyframes');

function keepUsed(rule: Rule, words: Words): void {
  const list = selectorParser().astSync(rule.selector);
  const used = list.nodes.filter((selector) => mayApply(selector, words));
  if (used.length === list.nodes.length) return;
  if (used.length === 0) rule.remove();
  else rule.selector = used.map((selector) => String(selector).trim()).join(',');
}

/** Whether a page of these words can have what a selector asks for; of names alone, the rest it may. */
function mayApply(selector: selectorParser.Selector, words: Words): boolean {
  return selector.nodes.every((node) => {
    if (node.type === 'class' || node.type === 'id')
      return (node.value.match(WORD) ?? []).every((word) => words.has(word));
    if (node.type === 'pseudo' && node.nodes.length > 0 && ANY.has(node.value))
      return node.nodes.some((inner) => mayApply(inner, words));
    return true;
  });
}

function removeEmpty(container: Container): void {
  container.each((node: ChildNode) => {
    if (node.type !== 'atrule' || !node.nodes) return;
    removeEmpty(node);
    if (node.nodes.length === 0) node.remove();
  });
}

/** Of equal rules the last one decides. Layers count from where they are first named: they stay. */
function removeRepeated(root: Root): void {
  const below = new Set<string>();
  for (const node of root.nodes.toReversed()) {
    const text = node.toString();
    if (node.type === 'atrule' && node.name === 'layer') continue;
    if (below.has(text)) node.remove();
    else below.add(text);
  }
}
