/** Where in a dictionary of tensors a network stands: whose names it has, and what is before them. */
import { findHead, type Head } from './head.ts';
import { blockPattern, insideOf, namerOf } from './naming.ts';
import { SCHEME_IDS, SCHEMES, type Scheme, type SchemeId } from './schemes.ts';
import type { Tensor } from './tensor.ts';

/** Tensors by name; null where a thing stands that is no tensor of a kind that runs here. */
export type Named = ReadonlyMap<string, Tensor | null>;

/** A network's names within a dictionary of tensors. */
export interface NetworkNames {
  readonly scheme: SchemeId;
  /** What stands before the code base's own names, such as `model.`; often nothing. */
  readonly prefix: string;
  /** What stands before stem and blocks: `prefix`, and the scheme's own `body`. */
  readonly body: string;
  readonly head: Head;
  /** From timm's names to those in the file; training's counters are left out. */
  readonly own: ReadonlyMap<string, string>;
  /** Two tensors whose names mean the same though they do not. */
  readonly clash: readonly [string, string] | null;
  /** Whether every name that a network of these blocks needs is there, and no other. */
  readonly whole: boolean;
}

/** Training's counters, which no network needs: batch norm's and torch's AveragedModel's. */
export const COUNTERS = /(^|\.)(num_batches_tracked|n_averaged)$/;
/** Longer names are of no network; keeps the search within the file's size. */
const MAX_NAME = 512;
/** Of all places where blocks stand, only the fullest are looked at closely. */
const MAX_PLACES = 8;

/** The schemes, those together whose blocks have the same names. */
const FAMILIES: readonly { readonly pattern: RegExp; readonly ids: readonly SchemeId[] }[] =
  SCHEME_IDS.filter((id, at) => SCHEME_IDS.findIndex((one) => alike(one, id)) === at).map((id) => ({
    pattern: placePattern(SCHEMES[id]),
    ids: SCHEME_IDS.filter((one) => alike(one, id)),
  }));

function alike(one: SchemeId, other: SchemeId): boolean {
  const names = (id: SchemeId) => [SCHEMES[id].block, ...insideOf(SCHEMES[id])].join(' ');
  return names(one) === names(other);
}

/** Matches a tensor in a block, whatever stands before it. */
function placePattern(scheme: Scheme): RegExp {
  const inside = insideOf(scheme).map((module) => module.replaceAll('.', '\\.'));
  return new RegExp(
    `^(?<before>(?:.+\\.)?)${blockPattern(scheme)}\\.(?:${inside.join('|')})\\.\\w+$`,
  );
}

/** The networks among the tensors, the fullest first, the whole ones before all others. */
export function networksIn(named: Named): NetworkNames[] {
  const places = new Map<string, { ids: readonly SchemeId[]; body: string; count: number }>();
  for (const name of named.keys()) {
    if (name.length > MAX_NAME || COUNTERS.test(name)) continue;
    for (const { pattern, ids } of FAMILIES) {
      const body = pattern.exec(name)?.groups?.before;
      if (body === undefined) continue;
      const key = `${ids.join()} ${body}`;
      const place = places.get(key);
      if (place) place.count++;
      else places.set(key, { ids, body, count: 1 });
    }
  }
  return [...places.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_PLACES)
    .map(({ ids, body }) => networkAt(named, ids, body))
    .sort((a, b) => Number(b.whole) - Number(a.whole) || b.own.size - a.own.size);
}

const HEAD = 'head.fc.';

/** The network whose blocks stand after `body`, named as in one of `ids`. */
function networkAt(named: Named, ids: readonly SchemeId[], body: string): NetworkNames {
  const { scheme, prefix } = schemeAt(named, ids, body);
  const { toTimm } = namerOf(scheme);
  const own = new Map<string, string>();
  let clash: NetworkNames['clash'] = null;
  for (const [name, tensor] of named) {
    if (!name.startsWith(body) || COUNTERS.test(name)) continue;
    const timm = toTimm(`${SCHEMES[scheme].body}${name.slice(body.length)}`);
    // The classifier may stand elsewhere.
    if (timm === undefined || timm.startsWith(HEAD)) continue;
    const other = own.get(timm);
    if (other === undefined) own.set(timm, name);
    else if (!isSameView(named.get(other), tensor)) clash ??= [other, name];
  }
  const taken = new Set(own.values());
  const rest = new Map([...named].filter(([name]) => !taken.has(name) && !COUNTERS.test(name)));
  const { fc } = SCHEMES[scheme];
  const head = findHead(rest, { fc, prefix, body, width: widthOf(own, named) });
  if (head.kind === 'one')
    for (const leaf of ['weight', 'bias']) {
      const name = `${head.module}.${leaf}`;
      if (named.has(name)) own.set(`${HEAD}${leaf}`, name);
    }
  return { scheme, prefix, body, head, own, clash, whole: own.size === neededBy(own) };
}

/** Which of the schemes it is: the one whose classifier is there, else the plainest. */
function schemeAt(
  named: Named,
  ids: readonly SchemeId[],
  body: string,
): { readonly scheme: SchemeId; readonly prefix: string } {
  const [plain = 'timm', ...others] = ids;
  const choices = [plain, ...others.filter((id) => body.endsWith(SCHEMES[id].body))].map(
    (scheme) => {
      const own = SCHEMES[scheme].body;
      return {
        scheme,
        prefix: body.endsWith(own) ? body.slice(0, body.length - own.length) : body,
      };
    },
  );
  const hasHead = choices.find(({ scheme, prefix }) =>
    named.has(`${prefix}${SCHEMES[scheme].fc}.weight`),
  );
  return hasHead ?? choices[0] ?? { scheme: plain, prefix: body };
}

/** The channels of the last stage, 0 where they cannot be told. */
function widthOf(own: NetworkNames['own'], named: Named): number {
  let stage = 0;
  while (own.has(lastOf(stage + 1))) stage++;
  return named.get(own.get(lastOf(stage)) ?? '')?.shape[0] ?? 0;
}

const lastOf = (stage: number): string => `s${stage}.b1.conv3.conv.weight`;

/** Convolution and batch norm, as in `parametersOf`. */
const TENSORS_PER_CONVOLUTION = 5;

/** How many tensors a network of as many stages and blocks needs. */
function neededBy(own: NetworkNames['own']): number {
  let convolutions = 1;
  for (const name of own.keys()) {
    if (!name.endsWith('.conv2.conv.weight')) continue;
    convolutions += name.includes('.b1.') ? 4 : 3;
  }
  return convolutions * TENSORS_PER_CONVOLUTION + 2;
}

/** Whether two tensors are one: the same elements of the same storage. */
export function isSameView(a: Tensor | null | undefined, b: Tensor | null | undefined): boolean {
  if (!a || !b) return false;
  return (
    a.storage === b.storage &&
    a.offset === b.offset &&
    a.shape.join() === b.shape.join() &&
    a.strides.join() === b.strides.join()
  );
}
