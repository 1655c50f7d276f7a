/** What is to be counted, before anything is: all files, their truths and their order. */
import type { ClassList } from './classes.ts';
import { RecountError } from './errors.ts';
import { mayBeList, type TextFile } from './list.ts';
import { shuffled } from './order.ts';
import { requireSome } from './problems.ts';
import { truthOf } from './truth.ts';
import type { Picture, Problem, Source } from './types.ts';

/** A picture and the index of the class that it shows. */
export interface Task {
  readonly picture: Picture;
  readonly truth: number;
}

export interface Plan {
  /** In the order in which they are counted: random, and the same every time. */
  readonly tasks: readonly Task[];
  /** Files that are not counted. */
  readonly problems: readonly Problem[];
  /** Sentences on the set as a whole. */
  readonly notes: readonly string[];
}

/** ImageNet's longest list has 2 MB. */
const MAX_LIST_BYTES = 64 * 1024 * 1024;

/**
 * Lists a source and finds out what its pictures show; `given` are lists from elsewhere. An archive
 * that breaks off is counted up to there, and a note says so. Rejects with a RecountError when
 * nothing can be counted.
 */
export async function planRecount(
  source: Source,
  classes: ClassList,
  given: readonly TextFile[] = [],
): Promise<Plan> {
  const { files, broken } = await filesOf(source);
  const texts = [...given];
  for (const file of files)
    if (mayBeList(file.path) && file.size <= MAX_LIST_BYTES)
      texts.push({ path: file.path, text: await (await file.read()).text() });
  const { byPath, problems, notes } = truthOf(
    files.map(({ path }) => path),
    classes,
    texts,
  );
  requireSome(source.name, {
    files: files.length,
    byPath,
    problems,
    notes,
    classes: classes.classes.length,
  });
  const tasks = files.flatMap((picture): Task[] => {
    const truth = byPath.get(picture.path);
    return truth === undefined ? [] : [{ picture, truth }];
  });
  return { tasks: shuffled(tasks), problems, notes: [...(broken ? [broken] : []), ...notes] };
}

/** All files by path, and why there are not more where the list breaks off. */
async function filesOf(source: Source): Promise<{ files: Picture[]; broken: string | null }> {
  const files: Picture[] = [];
  let broken: string | null = null;
  try {
    for await (const file of source.list()) files.push(file);
  } catch (error) {
    if (!(error instanceof RecountError) || files.length === 0) throw error;
    broken = error.message;
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), broken };
}
