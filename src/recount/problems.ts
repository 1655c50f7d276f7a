/** What could not be counted, in few words. */
import { RecountError } from './errors.ts';
import type { Problem, ProblemKind } from './types.ts';
import { picturesIn } from './words.ts';

/** Problems of one kind: how many, and the first of them. */
export interface ProblemGroup {
  readonly kind: ProblemKind;
  readonly count: number;
  /** A sentence. */
  readonly words: string;
  /** The first of them. */
  readonly first: readonly Problem[];
}

/** So many of a kind are listed. */
const LISTED = 100;

const WORDS: Readonly<Record<ProblemKind, readonly [one: string, many: string]>> = {
  'not-a-picture': ['file is no picture by its name', 'files are no pictures by their names'],
  'no-truth': ['picture is without a truth', 'pictures are without a truth'],
  'other-class': [
    'picture shows a class that the network does not have',
    'pictures show classes that the network does not have',
  ],
  ambiguous: ['picture has an ambiguous truth', 'pictures have an ambiguous truth'],
  unreadable: ['picture cannot be read', 'pictures cannot be read'],
};

/** The problems by kind, the most frequent first. */
export function groupProblems(problems: readonly Problem[]): ProblemGroup[] {
  const groups = new Map<ProblemKind, Problem[]>();
  for (const problem of problems) {
    const own = groups.get(problem.kind);
    if (own) own.push(problem);
    else groups.set(problem.kind, [problem]);
  }
  return [...groups]
    .map(([kind, own]) => ({
      kind,
      count: own.length,
      words: `${own.length.toLocaleString('en')} ${WORDS[kind][own.length === 1 ? 0 : 1]}.`,
      first: own.slice(0, LISTED),
    }))
    .sort((a, b) => b.count - a.count);
}

/**
 * Throws a RecountError when there is nothing to count: an empty folder, no pictures, no truth, or a
 * truth for other classes.
 */
export function requireSome(
  source: string,
  {
    files,
    byPath,
    problems,
    notes,
    classes,
  }: {
    readonly files: number;
    readonly byPath: ReadonlyMap<string, number>;
    readonly problems: readonly Problem[];
    readonly notes: readonly string[];
    readonly classes: number;
  },
): void {
  if (byPath.size > 0) return;
  if (files === 0)
    throw new RecountError(`${source} holds no files: choose a folder or an archive of pictures.`);
  const count = (kind: ProblemKind) => problems.filter((problem) => problem.kind === kind).length;
  const [others, unclear, without] = [count('other-class'), count('ambiguous'), count('no-truth')];
  const many = others + unclear + without;
  if (many === 0)
    throw new RecountError(
      `None of the files in ${source} is a picture by its name: JPEG, PNG, WebP, GIF, BMP, AVIF and TIFF are known.`,
    );
  if (others >= unclear && others >= without) {
    const reason = problems.find(({ kind }) => kind === 'other-class')?.reason ?? '';
    throw new RecountError(
      `The truth is for another set of classes: ${
        many === 1
          ? `the only picture in ${source} does not show`
          : `none of the ${picturesIn(many)} in ${source} shows`
      } one of the network’s ${classes.toLocaleString('en')} (${reason.replace(/\.$/, '')}). Choose weights for these pictures.`,
    );
  }
  throw new RecountError(
    notes[0] ??
      (many === 1
        ? `Nothing says what the only picture in ${source} shows: put it into a folder named by WordNet id or class, or give a list with its name and class.`
        : `Nothing says what the ${picturesIn(many)} in ${source} show: put them into folders named by WordNet id or class, or give a list of names and classes.`),
  );
}
