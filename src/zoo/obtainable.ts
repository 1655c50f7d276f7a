/** The most accurate weights of each variant that can be downloaded: at build time, never in an island. */
import type { Bests } from './best.ts';
import { passportId, type Citation } from './results.ts';
import { allTrained, FIRST_HAND, type Measured, type Trained } from './trainings.ts';

function bestOf({ model, trainings }: Trained): Measured {
  const [best] = trainings
    .filter(({ training }) => FIRST_HAND[training].source.gone === undefined)
    .sort((a, b) => b.accuracy - a.accuracy);
  if (!best) throw new Error(`No weights of ${model.name} can be downloaded.`);
  return best;
}

/** The best of each variant. */
export function bests(): Bests {
  return Object.fromEntries(
    allTrained().map((trained) => {
      const { training, accuracy, citation } = bestOf(trained);
      const { name: whose } = FIRST_HAND[training];
      return [trained.model.id, { accuracy, whose, passport: passportId(citation) }];
    }),
  );
}

/** Their passports. */
export function publishedBests(): { citation: Citation; label: string }[] {
  return allTrained().map((trained) => {
    const { training, citation } = bestOf(trained);
    return { citation, label: `top-1, ${FIRST_HAND[training].name}, ${trained.model.name}` };
  });
}
