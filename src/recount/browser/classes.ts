/** The classes of a checkpoint, by all names that folders and lists give them. */
import { LABEL_SETS, type CheckpointMeaning } from '../../checkpoints/index.ts';
import { classListOf, numberedClasses, parseClassList, type ClassList } from '../classes.ts';
import { RecountError } from '../errors.ts';

/**
 * The classes that a checkpoint names or, where it names none, those of a set with as many, which a
 * note then says; `base` is the address of the sets, ending in a slash. Rejects with a RecountError
 * when the set does not arrive.
 */
export async function classesOf(
  labels: CheckpointMeaning['labels'],
  classes: number,
  base: string,
): Promise<{ readonly list: ClassList; readonly notes: readonly string[] }> {
  if (labels !== null && typeof labels !== 'string')
    return { list: classListOf('the checkpoint’s own classes', labels), notes: [] };
  const set = labels ?? Object.keys(LABEL_SETS).find((name) => LABEL_SETS[name] === classes);
  if (set === undefined) return { list: numberedClasses(classes), notes: [] };
  const response = await fetch(`${base}${set}.tsv`).catch(() => null);
  if (!response?.ok)
    throw new RecountError(
      'The names of the classes did not arrive: check the connection and try again.',
    );
  return {
    list: parseClassList(set, await response.text()),
    notes:
      labels === null
        ? [`The file names no classes; they are taken to be those of ${set}, in its order.`]
        : [],
  };
}
