/** What a file tells about the use of its network, wherever it stands beside the weights. */
import { Placeholder } from './placeholder.ts';
import { dictionariesIn, pathOf, textOf } from './saved.ts';

/** Names of the classes in the order of the outputs, and the keys that led to them. */
export interface ClassNames {
  readonly names: readonly string[];
  readonly from: string;
}

export type ChannelOrder = 'RGB' | 'BGR';

/** Something under one of the keys below, not yet looked at. */
interface Listing {
  readonly from: string;
  readonly value: unknown;
}

export interface Told {
  /** What may be a list of class names, the best-known key first. */
  readonly listings: readonly Listing[];
  /** The order that the network takes, where the file says so, and where; null where it does not. */
  readonly channelOrder: { readonly order: ChannelOrder; readonly from: string } | null;
}

export const NOTHING_TOLD: Told = { listings: [], channelOrder: null };

/** Where training scripts keep class names, the clearest first. */
const CLASS_KEYS = [
  'class_to_idx', // torchvision's ImageFolder
  'idx_to_class',
  'id2label', // Hugging Face
  'label2id',
  'class_names',
  'classes', // MMEngine's dataset_meta
  'CLASSES', // MMCV
  'classnames',
  'label_names',
  'labels',
  'categories',
  'vocab', // fastai
  'names', // Ultralytics
] as const;

/** Keys that say the order that the pictures are brought into, and when they are true. */
const ORDER_KEYS: Readonly<Record<string, readonly [yes: ChannelOrder, no: ChannelOrder | null]>> =
  {
    to_rgb: ['RGB', 'BGR'], // MMEngine's and MMCV's: pictures are read as BGR
    bgr_to_rgb: ['RGB', 'BGR'],
    rgb_to_bgr: ['BGR', null],
  };
/** Keys under which MMEngine and MMCV keep the text of a training's configuration. */
const CONFIG_KEYS = ['cfg', 'config'];
/** A configuration has some thousand characters. */
const MAX_CONFIG = 1_000_000;
/** More are looked at by nobody. */
const MAX_LISTINGS = 64;

/** Looks through everything that was saved. */
export function toldIn(saved: unknown): Told {
  const listings: (Listing & { rank: number })[] = [];
  const orders = new Map<ChannelOrder, string>();
  for (const { node, entries } of dictionariesIn(saved)) {
    const from = (key: unknown): string => [...pathOf(node), textOf(key)].join('.');
    for (const key of entries.keys()) {
      if (typeof key !== 'string') continue;
      const value = entries.get(key);
      const rank = (CLASS_KEYS as readonly string[]).indexOf(key);
      if (rank >= 0 && listings.length < MAX_LISTINGS && typeof value === 'object')
        listings.push({ from: from(key), value, rank });
      for (const order of ordersIn(key, value)) orders.set(order, from(key));
    }
  }
  return {
    listings: listings.sort((a, b) => a.rank - b.rank),
    channelOrder: onlyOrder(orders),
  };
}

/** As `toldIn`, from safetensors' `__metadata__`, whose values are texts, often of JSON. */
export function toldInMetadata(metadata: Readonly<Record<string, string>>): Told {
  return toldIn(new Map(Object.entries(metadata).map(([key, text]) => [key, parsed(key, text)])));
}

function parsed(key: string, text: string): unknown {
  if (!(CLASS_KEYS as readonly string[]).includes(key)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new Map(Object.entries(value))
      : value;
  } catch {
    // Not JSON, or nested beyond what the browser's parser takes.
    return text;
  }
}

function ordersIn(key: string, value: unknown): ChannelOrder[] {
  if (Object.hasOwn(ORDER_KEYS, key))
    return orderOf(key, value === true, typeof value === 'boolean');
  if (!CONFIG_KEYS.includes(key) || typeof value !== 'string' || value.length > MAX_CONFIG)
    return [];
  const told = value.matchAll(
    /\b(?<key>to_rgb|bgr_to_rgb|rgb_to_bgr)['"]?\s*[=:]\s*(?<yes>True|False)\b/g,
  );
  return [...told].flatMap(({ groups }) =>
    orderOf(groups?.key ?? '', groups?.yes === 'True', true),
  );
}

function orderOf(key: string, yes: boolean, says: boolean): ChannelOrder[] {
  const order = says ? ORDER_KEYS[key]?.[yes ? 0 : 1] : null;
  return order ? [order] : [];
}

/** Two that contradict each other tell nothing. */
function onlyOrder(orders: ReadonlyMap<ChannelOrder, string>): Told['channelOrder'] {
  const [only, ...more] = orders;
  return only && more.length === 0 ? { order: only[0], from: only[1] } : null;
}

/** The first list with as many names as the network has classes; null when there is none. */
export function classNamesIn({ listings }: Told, classes: number): ClassNames | null {
  for (const { from, value } of listings) {
    const names = namesOf(value, classes);
    if (names) return { names, from };
  }
  return null;
}

/** Names from a list, from a dictionary of numbers by name, or of names by number. */
function namesOf(value: unknown, classes: number): string[] | undefined {
  if (value instanceof Placeholder) return namesOf(listed(value), classes);
  if (Array.isArray(value)) return value.length === classes ? allTexts(value) : undefined;
  if (!(value instanceof Map) || value.size !== classes) return undefined;
  const names: unknown[] = Array.from({ length: classes });
  for (const [key, inner] of value)
    if (isIndex(inner, classes) && typeof key === 'string') names[Number(inner)] = key;
    else if (isIndex(key, classes)) names[Number(key)] = inner;
  return allTexts(names);
}

/** What an object would have held: a named tuple's items, a list of its own kind. */
function listed({ entries, items, args, state }: Placeholder): unknown {
  if (entries.size > 0) return entries;
  if (items.length > 0) return items;
  const inner = [...args, state].find((part) => Array.isArray(part) || part instanceof Map);
  return inner;
}

function isIndex(value: unknown, classes: number): boolean {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < classes;
}

function allTexts(values: readonly unknown[]): string[] | undefined {
  const texts = values.filter((value) => typeof value === 'string');
  return texts.length === values.length && texts.every((text) => text.trim() !== '')
    ? texts
    : undefined;
}
