/** The weights in what was saved. */
import { CheckpointError, clashError } from './errors.ts';
import { stateDictOfModule } from './module-object.ts';
import { isSameView, networksIn, type NetworkNames } from './network-names.ts';
import { ForeignTensor, Placeholder } from './placeholder.ts';
import { dictionariesIn, dictionariesOf, pathOf, type Node } from './saved.ts';
import { Tensor } from './tensor.ts';
import { NOTHING_TOLD, toldIn, type Told } from './told.ts';
import { rankOf, unwrapped } from './wrappers.ts';

export interface StateDict {
  /** The keys that led to the weights; `[0]` is the first item of a list or tuple. */
  readonly wrapper: readonly string[];
  /** What was taken off the names, such as `module.` and `net.`. */
  readonly taken: readonly string[];
  /** By the names that are left. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** What stands where a tensor would but cannot be used here: name and kind, in words. */
  readonly foreign: ReadonlyMap<string, string>;
  /** The network that the names describe; undefined when they are of no known code base. */
  readonly network: NetworkNames | undefined;
  /** Where other whole networks stand that are not the same weights, such as `ema.module`. */
  readonly others: readonly string[];
  /** What stands beside the weights about their use. */
  readonly told: Told;
}

/** Safetensors has the same limit; RegNetX-32GF has 450 tensors. */
const MAX_TENSORS = 65_536;

type Item = Tensor | ForeignTensor | Placeholder;

/** A dictionary that may hold the weights. */
interface Candidate {
  readonly wrapper: readonly string[];
  /** The order of preference of each key that led here, the smaller the better. */
  readonly ranks: readonly number[];
  /** Things by their names without modules that only wrap. */
  readonly items: ReadonlyMap<string, Item>;
  readonly taken: readonly string[];
  /** Two names that become one by that. */
  readonly clash: readonly [string, string] | null;
  readonly networks: readonly NetworkNames[];
  /** Whether it was an object, whose state dict comes before it where that is saved as well. */
  readonly isObject: boolean;
}

/**
 * Finds the weights in what a checkpoint holds: the dictionary with a whole network, else the one that
 * comes nearest; of several the one under the best-known key, then the first. No tensors at all is not
 * an error here. Throws a CheckpointError when two names become one.
 */
export function stateDictOf(saved: unknown): StateDict {
  const candidates = candidatesIn(saved).sort(byPreference);
  const [chosen] = candidates;
  if (!chosen) return NOTHING;
  if (chosen.clash) throw clashError(chosen.clash);
  const [network] = chosen.networks;
  const prefix = network?.prefix ?? '';
  const items = withoutPrefix(chosen.items, prefix);
  const tensors = new Map<string, Tensor>();
  const foreign = new Map<string, string>();
  for (const [name, item] of items)
    if (item instanceof Tensor) tensors.set(name, item);
    else foreign.set(name, item instanceof ForeignTensor ? item.kind : `an object (${item.name})`);
  return {
    wrapper: chosen.wrapper,
    taken: [...chosen.taken, ...(prefix === '' ? [] : [prefix])],
    tensors,
    foreign,
    network: items === chosen.items ? network : networksIn(usable(items))[0],
    others: othersThan(chosen, candidates),
    told: toldIn(saved),
  };
}

const NOTHING: StateDict = {
  wrapper: [],
  taken: [],
  tensors: new Map(),
  foreign: new Map(),
  network: undefined,
  others: [],
  told: NOTHING_TOLD,
};

/** Every dictionary that holds tensors under names, and every network that was saved as an object. */
function candidatesIn(saved: unknown): Candidate[] {
  const candidates: Candidate[] = [];
  const modules = new Set<object>();
  for (const { node, entries } of dictionariesIn(saved)) {
    if (isWithin(node, (value) => modules.has(value))) continue;
    const { value } = node;
    const module =
      value instanceof Placeholder && modules.size < MAX_MODULES
        ? stateDictOfModule(value)
        : undefined;
    if (module) modules.add(value);
    const candidate = candidateOf(node, module ?? entries);
    // Where a whole network stands, no name about it says otherwise.
    const isWhole = candidate?.networks[0]?.whole === true;
    if (candidate && (isWhole || !isWithin(node, isOptimizer)))
      candidates.push({ ...candidate, isObject: module !== undefined });
  }
  return candidates;
}

/** More networks are in no file; each costs a look at all its modules. */
const MAX_MODULES = 8;

/** Whether something holds for the node or for what it stands in. */
function isWithin(node: Node, holds: (value: object) => boolean): boolean {
  for (let at: Node | null = node; at; at = at.parent) if (holds(at.value)) return true;
  return false;
}

/** An optimizer's state has as many tensors as the network, and is none. */
function isOptimizer(value: object): boolean {
  return value instanceof Map && Array.isArray(value.get('param_groups'));
}

function candidateOf(
  node: Node,
  entries: ReadonlyMap<unknown, unknown>,
): Omit<Candidate, 'isObject'> | undefined {
  const items = new Map<string, Item>();
  const original = new Map<string, string>();
  const taken = new Set<string>();
  let clash: Candidate['clash'] = null;
  let tensors = 0;
  for (const [key, item] of entries) {
    if (typeof key !== 'string' || !isItem(item)) continue;
    if (!(item instanceof Placeholder)) tensors++;
    const name = unwrapped(key, (module) => taken.add(`${module}.`));
    const other = items.get(name);
    if (other === undefined) {
      items.set(name, item);
      original.set(name, key);
    } else if (!(other instanceof Tensor && item instanceof Tensor && isSameView(other, item)))
      clash ??= [original.get(name) ?? name, key];
  }
  if (tensors === 0) return undefined;
  if (items.size > MAX_TENSORS)
    throw new CheckpointError(
      'limit',
      `The file holds ${items.size} tensors together; more than ${MAX_TENSORS} cannot be a RegNetX's.`,
    );
  const networks = networksIn(usable(items));
  return { wrapper: pathOf(node), ranks: ranksOf(node), items, taken: [...taken], clash, networks };
}

function isItem(value: unknown): value is Item {
  return value instanceof Tensor || value instanceof ForeignTensor || value instanceof Placeholder;
}

function usable(items: ReadonlyMap<string, Item>): ReadonlyMap<string, Tensor | null> {
  return new Map(Array.from(items, ([name, i]) => [name, i instanceof Tensor ? i : null]));
}

/** How well known each key is that leads here, from the top. */
function ranksOf(node: Node): number[] {
  const ranks: number[] = [];
  for (let at = node; at.parent; at = at.parent) {
    const [beside = NO_ENTRIES] = dictionariesOf(at.parent.value);
    ranks.unshift(rankOf(at.key, at.value, beside));
  }
  return ranks;
}

const NO_ENTRIES: ReadonlyMap<unknown, unknown> = new Map();

/** A whole network before a part, any part before none, then the better known key, then the first. */
function byPreference(a: Candidate, b: Candidate): number {
  const quality = ({ networks: [network] }: Candidate): number =>
    network === undefined ? 0 : network.whole ? 2 : 1;
  if (quality(a) !== quality(b)) return quality(b) - quality(a);
  if (a.isObject !== b.isObject) return a.isObject ? 1 : -1;
  for (const [i, rank] of a.ranks.entries()) {
    const other = b.ranks[i];
    if (other === undefined) break;
    if (rank !== other) return rank - other;
  }
  return (b.networks[0]?.own.size ?? b.items.size) - (a.networks[0]?.own.size ?? a.items.size);
}

/** Names without a prefix that all of the network's have, unless they would then be somebody else's. */
function withoutPrefix(
  items: ReadonlyMap<string, Item>,
  prefix: string,
): ReadonlyMap<string, Item> {
  if (prefix === '') return items;
  const bare = new Map<string, Item>();
  for (const [name, item] of items)
    bare.set(name.startsWith(prefix) ? name.slice(prefix.length) : name, item);
  return bare.size === items.size ? bare : items;
}

/** Whole networks beside the chosen one; the same weights under another name are no other. */
function othersThan(chosen: Candidate, candidates: readonly Candidate[]): string[] {
  const stemOf = ({ items }: Candidate, { own }: NetworkNames): Item | undefined =>
    items.get(own.get('stem.conv.weight') ?? '');
  const [first] = chosen.networks;
  if (!first?.whole) return [];
  const stem = stemOf(chosen, first);
  const isOther = (item: Item | undefined): boolean =>
    !(item instanceof Tensor && stem instanceof Tensor && isSameView(item, stem));
  return candidates.flatMap((candidate) =>
    candidate.networks
      .filter(
        (network) => network !== first && network.whole && isOther(stemOf(candidate, network)),
      )
      .map(({ prefix }) => [...candidate.wrapper, prefix].filter((part) => part !== '').join('.')),
  );
}
