/** What the pictures show: from lists, from the folders that they are in, or from their own names. */
import { classFinder, WHOLE_NUMBER, WNID, type ClassList, type Meant } from './classes.ts';
import { parseList, type TextFile, type TruthList } from './list.ts';
import type { Problem } from './types.ts';

/** What is known of all files of a source. */
export interface Truth {
  /** Index of the class by path, for every picture that can be counted. */
  readonly byPath: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
  /** Sentences on the set as a whole: what is missing, what a list is wanting. */
  readonly notes: readonly string[];
}

const PICTURE = /\.(jpe?g|jfif|png|webp|gif|bmp|avif|tiff?|heic)$/i;
/** What systems leave in folders and archives. */
const LITTER = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i;

/** Whether a file is a picture by its name. */
export function isPictureName(path: string): boolean {
  return PICTURE.test(path) && !LITTER.test(path);
}

/**
 * The truth of every picture among `paths`. A list that names a picture is believed before its folder,
 * and the nearest folder that is called like a class before the file's own name
 * (`n01440764_10026.JPEG`). Folders and labels that are numbers are indices from 0.
 */
export function truthOf(
  paths: readonly string[],
  classes: ClassList,
  texts: readonly TextFile[] = [],
): Truth {
  const notes: string[] = [];
  const lists = texts.flatMap((text) => {
    const list = parseList(text);
    if (!list) notes.push(`${text.path} says of no picture what it shows.`);
    return list ? [list] : [];
  });
  const find = labelFinder(classes);
  const listed = listedLabels(lists, notes);
  const byPath = new Map<string, number>();
  const problems: Problem[] = [];
  const told = new Set(texts.map(({ path }) => path));
  const uses = new Map<string, string[]>();
  for (const path of paths) {
    if (told.has(path)) continue;
    if (!isPictureName(path)) {
      problems.push({ kind: 'not-a-picture', path, reason: 'Its name is none of a picture’s.' });
      continue;
    }
    const said = listed(path);
    if (said?.key !== undefined) uses.set(said.key, [...(uses.get(said.key) ?? []), path]);
    const label = said?.label ?? ownLabel(path, find);
    if (label === null) {
      problems.push({ kind: 'no-truth', path, reason: NO_TRUTH });
      continue;
    }
    const meant = find(label);
    if (typeof meant === 'number') byPath.set(path, meant);
    else problems.push(unusable(path, label, meant, classes));
  }
  // A bare name that several folders have says of none of them which it means.
  for (const [key, named] of uses)
    if (named.length > 1) {
      for (const path of named) {
        if (!byPath.delete(path)) continue;
        const reason = `The list’s name ${key} fits several pictures: give the path in the list.`;
        problems.push({ kind: 'ambiguous', path, reason });
      }
    }
  notes.push(...absences(byPath, classes));
  return { byPath, problems, notes };
}

const NO_TRUTH = 'No list names it, and no folder that it is in is called like a class.';

function unusable(
  path: string,
  label: string,
  meant: null | 'ambiguous',
  list: ClassList,
): Problem {
  return meant === 'ambiguous'
    ? {
        kind: 'ambiguous',
        path,
        reason: `Several classes are called ${label}: name it by WordNet id or index.`,
      }
    : {
        kind: 'other-class',
        path,
        reason: `${label} is none of the network’s ${list.classes.length.toLocaleString('en')} classes.`,
      };
}

/** A class by index, WordNet id or name; null for none that the network has. */
function labelFinder(classes: ClassList): (label: string) => Meant {
  const find = classFinder(classes);
  return (label) => {
    const named = find(label);
    if (named !== null || !WHOLE_NUMBER.test(label)) return named;
    const index = Number(label);
    return index < classes.classes.length ? index : null;
  };
}

/** The nearest folder that is called like a class, or is a number or WordNet id at all; else the file's own. */
function ownLabel(path: string, find: (label: string) => Meant): string | null {
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  const folders = parts.reverse();
  const known = folders.find((folder, i) =>
    // A number farther up is more likely a year than a class.
    WHOLE_NUMBER.test(folder) ? i === 0 : find(folder) !== null || WNID.test(folder),
  );
  if (known !== undefined) return known;
  return /(?:^|[_-])(n\d{8})(?=[_.-])/.exec(file)?.[1] ?? null;
}

/** What lists say of a path: the longest end of it that one of them has, with or without its ending. */
function listedLabels(
  lists: readonly TruthList[],
  notes: string[],
): (path: string) => { readonly label: string; readonly key?: string } | null {
  const labels = new Map<string, string>();
  for (const list of lists)
    if (list.kind === 'named')
      for (const { name, label } of list.rows) labels.set(name.replace(/^(\.?\/)+/, ''), label);
  const bare = bareNames(labels.keys());
  const numbered = numberedLabels(lists, notes);
  return (path) => {
    for (let from = 0; from >= 0; from = path.indexOf('/', from) + 1 || -1) {
      const end = path.slice(from);
      const key = [end, end.replace(/\.[^./]+$/, '')].find((one) => labels.has(one));
      const label = key === undefined ? undefined : labels.get(key);
      if (label !== undefined && key !== undefined) return { label, key };
    }
    // Files that were chosen one by one have lost the folders that the list has.
    const key = path.includes('/') ? undefined : bare.get(path);
    const own = typeof key === 'string' ? labels.get(key) : undefined;
    if (own !== undefined && typeof key === 'string') return { label: own, key };
    const label = numbered?.(path);
    return label === undefined ? null : { label };
  };
}

/** Names without their folders, where only one of a list is called so; null where several are. */
function bareNames(names: Iterable<string>): ReadonlyMap<string, string | null> {
  const bare = new Map<string, string | null>();
  for (const name of names) {
    const base = name.slice(name.lastIndexOf('/') + 1);
    bare.set(base, bare.has(base) ? null : name);
  }
  return bare;
}

/** ILSVRC's list has no names, but ids in the order of the pictures' numbers. */
function numberedLabels(
  lists: readonly TruthList[],
  notes: string[],
): ((path: string) => string | undefined) | null {
  const ids = lists.find((list) => list.kind === 'ilsvrc')?.ids;
  if (!ids) return null;
  const wnids = lists.find((list) => list.kind === 'ilsvrc-ids')?.wnids;
  if (!wnids) notes.push(WANTS_IDS);
  return (path) => {
    const [, number] = /_val_(\d{8})\b/.exec(path) ?? [];
    const id = number === undefined ? undefined : ids[Number(number) - 1];
    return id === undefined ? undefined : wnids?.get(id);
  };
}

const WANTS_IDS =
  'The ground truth counts its classes as ILSVRC’s development kit does, not in the order of the network: ' +
  'add the kit’s map_clsloc.txt, whose lines are “n02119789 1 kit_fox”, or give Caffe’s val.txt instead.';

/** Classes of which there is no picture. */
function absences(byPath: ReadonlyMap<string, number>, { classes }: ClassList): string[] {
  const seen = new Set(byPath.values());
  const missing = classes.flatMap(({ label }, index) => (seen.has(index) ? [] : [label]));
  if (missing.length === 0 || seen.size === 0) return [];
  const few = missing.slice(0, 3).join(', ');
  const words =
    missing.length === 1
      ? `One of the network’s ${classes.length.toLocaleString('en')} classes has no picture: ${few}.`
      : `${missing.length.toLocaleString('en')} of the network’s ${classes.length.toLocaleString('en')} classes have no picture, such as ${few}.`;
  return [`${words} The accuracy is that of the others.`];
}
