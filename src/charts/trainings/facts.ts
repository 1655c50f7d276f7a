/** The numbers of the plot, from what is published: at build time, for the island to be given. */
import { extent } from 'd3-array';
import { shortName } from '../../zoo/models.ts';
import { isError, passportId, type Citation } from '../../zoo/results.ts';
import { TRAININGS } from '../../zoo/schema.ts';
import { allTrained, FIRST_HAND, spreadOf, type Trained } from '../../zoo/trainings.ts';
import { VALIDATION_PICTURES, Z_95 } from '../../zoo/verdict.ts';
import type { DotRow, KeyEntry } from './geometry.ts';

/** The marks with their names. */
export const TRAINING_KEY: readonly KeyEntry[] = TRAININGS.map((training) => ({
  training,
  name: FIRST_HAND[training].name,
}));

const isSample = ({ protocol }: Citation): boolean =>
  (protocol?.pictures ?? VALIDATION_PICTURES) < VALIDATION_PICTURES;

/** A row a design. */
export function dotRows(trained: readonly Trained[] = allTrained()): DotRow[] {
  return trained.map(({ model, trainings, again, five }) => {
    const origin = trainings.find(({ training }) => training === 'pycls')?.accuracy ?? 0;
    return {
      id: model.id,
      name: shortName(model),
      trainings: trainings.map(({ training, citation, accuracy }) => ({
        training,
        by: null,
        accuracy,
        apart: accuracy - origin,
        sample: false,
        passport: passportId(citation),
        label: FIRST_HAND[training].name,
      })),
      again: again.map(({ training, citation, accuracy, by, shift }) => ({
        training,
        by,
        accuracy,
        apart: shift,
        sample: isSample(citation),
        passport: passportId(citation),
        label: `${FIRST_HAND[training].name} by ${by}`,
      })),
      five: { middle: five.mean - origin, half: Z_95 * five.deviation },
    };
  });
}

/** What the picture shows, in a sentence: measurements on samples of the set are left out. */
export function trainingsPoint(trained: readonly Trained[] = allTrained()): string {
  const [least = 0, most = 0] = extent(trained, ({ trainings }) => spreadOf(trainings));
  const measured = trained.flatMap(({ trainings, again }) =>
    trainings.map((first) =>
      spreadOf([
        first,
        ...again.filter((a) => a.training === first.training && !isSample(a.citation)),
      ]),
    ),
  );
  return `Trainings of one design lie ${least.toFixed(1)} to ${most.toFixed(1)} points apart; measurements of one training ${Math.max(...measured).toFixed(1)} at most.`;
}

/** Every figure of the plot with what it is, for the passports. */
export function publishedTrainings(
  trained: readonly Trained[] = allTrained(),
): { citation: Citation; label: string }[] {
  return trained.flatMap(({ model, trainings, again, five }) => [
    ...trainings.map(({ citation, training }) => ({
      citation,
      label: labelOf(citation, FIRST_HAND[training].name, model.name),
    })),
    ...again.map(({ citation, training, by }) => ({
      citation,
      label: labelOf(citation, `${FIRST_HAND[training].name} by ${by}`, model.name),
    })),
    { citation: five.citation, label: `top-1 error, mean of five trainings, ${model.name}` },
  ]);
}

function labelOf(citation: Citation, what: string, model: string): string {
  return `top-1${isError(citation) ? ' error' : ''}, ${what}, ${model}`;
}
