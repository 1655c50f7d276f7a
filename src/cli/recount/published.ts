import type { CheckpointDescription } from '../../checkpoints/index.ts';
import { NOTHING_SEEN, observe, type SequentialState } from '../../recount/sequential.ts';
import { isRight } from '../../recount/statistics.ts';
import type { Plan } from '../../recount/plan.ts';
import type { Answer } from '../../recount/types.ts';
import { entryOf, publishedAccuracy } from '../catalogue.ts';

/** An accuracy that somebody published of the same weights. */
export interface PublishedFigure {
  /** Percent. */
  readonly top1: number;
  readonly top5: number;
  readonly pictures: number;
}

/** What is published for a file: by its hash in the catalogue, else by its own description. */
export async function publishedFor(
  sha256: string,
  description: Pick<CheckpointDescription, 'accuracy'> | null,
  crop: number,
): Promise<PublishedFigure | null> {
  const entry = await entryOf(sha256);
  const figures =
    entry === undefined
      ? (description?.accuracy ?? [])
      : entry.bundled
        ? entry.accuracy
        : publishedAccuracy(entry);
  return figures.find(({ resolution }) => resolution === crop) ?? null;
}

/** A figure, and what the pictures counted say of it. */
export interface FigureVerdict extends SequentialState {
  readonly published: PublishedFigure;
  /** Whether these are as many pictures as the figure was measured on, so that all of them decide. */
  readonly complete: boolean;
}

/** Watches the count picture by picture, in its order; null without a figure. */
export function verdictOf(
  published: PublishedFigure | null,
  { tasks }: Pick<Plan, 'tasks'>,
  answers: readonly Answer[],
): FigureVerdict | null {
  if (!published) return null;
  const complete = tasks.length === published.pictures;
  const options = {
    published: published.top1 / 100,
    population: complete ? published.pictures : null,
  };
  const state = answers.reduce(
    (before, answer) => observe(before, isRight(answer), options),
    NOTHING_SEEN,
  );
  return { ...state, published, complete };
}
