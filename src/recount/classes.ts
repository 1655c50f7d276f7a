/** The classes of a network by all names that folders and lists give them. */

/** One class as content/labels/<set>.tsv has it. */
export interface ClassEntry {
  /** WordNet's id, such as `n02123045`; null where there is none. */
  readonly wnid: string | null;
  readonly label: string;
  readonly synonyms: readonly string[];
}

/** The classes in the order of a network's outputs. */
export interface ClassList {
  /** In words or as the name of the set, for sentences. */
  readonly name: string;
  readonly classes: readonly ClassEntry[];
}

/** From the text of content/labels/<set>.tsv. */
export function parseClassList(name: string, tsv: string): ClassList {
  const [heading = '', ...rows] = tsv.trimEnd().split(/\r?\n/);
  const columns = heading.split('\t');
  const column = (cells: readonly string[], title: string) => cells[columns.indexOf(title)];
  const classes = rows.map((row) => {
    const cells = row.split('\t');
    return {
      wnid: column(cells, 'wnid') ?? null,
      label: column(cells, 'label') ?? '',
      synonyms: (column(cells, 'synonyms') ?? '').split(', ').filter((word) => word !== ''),
    };
  });
  return { name, classes };
}

/** From names alone, as checkpoints have them; names that are WordNet ids are both. */
export function classListOf(name: string, labels: readonly string[]): ClassList {
  const classes = labels.map((label) => ({
    wnid: WNID.test(label) ? label : null,
    label,
    synonyms: [],
  }));
  return { name, classes };
}

/** Classes that have numbers alone. */
export function numberedClasses(count: number): ClassList {
  const classes = Array.from({ length: count }, (_, i) => ({
    wnid: null,
    label: `class ${i}`,
    synonyms: [],
  }));
  return { name: `${count} classes without names`, classes };
}

/** What a name stands for: a class, several, or none that the network has. */
export type Meant = number | 'ambiguous' | null;

export const WNID = /^n\d{8}$/;
export const WHOLE_NUMBER = /^\d{1,6}$/;

/**
 * Finds classes by WordNet id, by label and by synonym; words are told apart neither by case nor by
 * `_`, `-` and spaces. Labels stand before synonyms; what several classes are called is ambiguous.
 */
export function classFinder({ classes }: ClassList): (name: string) => Meant {
  const byWnid = new Map<string, number>();
  const labels = new Map<string, Meant>();
  const synonyms = new Map<string, Meant>();
  const add = (to: Map<string, Meant>, name: string, index: number): void => {
    const key = keyOf(name);
    to.set(key, (to.get(key) ?? index) === index ? index : 'ambiguous');
  };
  for (const [index, { wnid, label, synonyms: others }] of classes.entries()) {
    if (wnid !== null) byWnid.set(wnid, index);
    add(labels, label, index);
    for (const other of others) add(synonyms, other, index);
  }
  return (name) =>
    byWnid.get(name.trim()) ?? labels.get(keyOf(name)) ?? synonyms.get(keyOf(name)) ?? null;
}

function keyOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
}
