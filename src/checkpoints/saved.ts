/** What was saved, as a tree to look through: dictionaries, lists, and objects that stay inert. */
import { Placeholder } from './placeholder.ts';

type Dictionary = ReadonlyMap<unknown, unknown>;

/** A dictionary, a list or an object, and where it was met first. */
export interface Node {
  readonly value: object;
  /** Its key in the parent; `[0]` for a list's first item, empty on top. */
  readonly key: string;
  readonly parent: Node | null;
}

/** A dictionary, or what an object would have kept as one. */
export interface Entries {
  readonly node: Node;
  readonly entries: Dictionary;
}

/** Configurations nest as deeply as this; weights stand two or three levels down. */
const MAX_DEPTH = 12;

/**
 * Every dictionary in what was saved, the outer ones first, each once. Time grows with the number of
 * things saved, not with how often they are named.
 */
export function* dictionariesIn(saved: unknown): Generator<Entries> {
  const seen = new Set<object>();
  let level: Node[] = [];
  const meet = (value: unknown, key: string, parent: Node | null): void => {
    if (!isTree(value) || seen.has(value)) return;
    seen.add(value);
    level.push({ value, key, parent });
  };
  meet(saved, '', null);
  for (let depth = 0; level.length > 0 && depth <= MAX_DEPTH; depth++) {
    const current = level;
    level = [];
    for (const node of current) {
      for (const entries of dictionariesOf(node.value)) {
        yield { node, entries };
        for (const [key, inner] of entries) if (isTree(inner)) meet(inner, textOf(key), node);
      }
      for (const list of listsOf(node.value))
        for (const [i, inner] of list.entries()) if (isTree(inner)) meet(inner, `[${i}]`, node);
    }
  }
}

/** The keys that lead to a node, from the top. */
export function pathOf(node: Node): string[] {
  const path: string[] = [];
  for (let at = node; at.parent; at = at.parent) path.unshift(at.key);
  return path;
}

/** A dictionary's own entries, and those of an object's state. */
export function dictionariesOf(value: object): Dictionary[] {
  if (value instanceof Map) return [value];
  if (!(value instanceof Placeholder)) return [];
  const { entries, state } = value;
  return state instanceof Map ? [entries, state] : [entries];
}

/** A key as it is told; keys may be anything. */
export function textOf(key: unknown): string {
  return typeof key === 'string' || typeof key === 'number' ? String(key) : '?';
}

function isTree(value: unknown): value is object {
  return value instanceof Map || Array.isArray(value) || value instanceof Placeholder;
}

function listsOf(value: object): (readonly unknown[])[] {
  if (Array.isArray(value)) return [value];
  if (!(value instanceof Placeholder)) return [];
  const { items, args, state } = value;
  return [items, args, ...(Array.isArray(state) ? [state] : [])];
}
