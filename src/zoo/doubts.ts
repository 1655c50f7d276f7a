/** Published accuracies that look wrong, each with a reason that can be computed. */
import { allSources } from './all-sources.ts';
import { models } from './models.ts';
import { accuracyIn, citations, type Citation } from './results.ts';
import { paddleclas, pycls, seed } from './sources.ts';
import { firstMeasured, FIRST_HAND } from './trainings.ts';
import { band95, VALIDATION_PICTURES } from './verdict.ts';

/** A figure, kept as it was printed, and why it is probably a misprint. */
export interface Doubt {
  readonly citation: Citation;
  /** What should stand there, percent: measured elsewhere. */
  readonly expected: number;
  readonly expectedFrom: Citation;
  readonly reason: string;
}

/**
 * Measurements of known weights that lie farther from the first measurement than two samples of
 * pictures would, though the pictures are the same; and repeated figures that repeat another.
 */
export function doubts(): Doubt[] {
  return [...strayMeasurements(), ...strayRepetitions()];
}

function strayMeasurements(): Doubt[] {
  return allSources.flatMap((source) =>
    models.flatMap(({ id }) =>
      citations(source, id).flatMap((citation): Doubt[] => {
        const { figure, protocol } = citation;
        const { metric, dataset, value } = figure;
        if ((metric !== 'top1' && metric !== 'top5') || dataset !== 'imagenet') return [];
        if (!protocol || FIRST_HAND[protocol.weights].source === source) return [];
        const first = firstMeasured(protocol.weights, id, metric);
        if (!first) return [];
        const pictures = protocol.pictures ?? VALIDATION_PICTURES;
        const apart = value - first.accuracy;
        if (Math.abs(apart) <= band95(value, first.accuracy, pictures)) return [];
        const near = oneDigitOff(value, first.accuracy);
        const side = apart > 0 ? 'above' : 'below';
        const words = `${Math.abs(apart).toFixed(2)} points ${side} the first measurement of the same weights.`;
        return [
          {
            citation,
            expected: first.accuracy,
            expectedFrom: first.citation,
            reason: `${words} With one digit changed it would be ${near.toFixed(2)}, ${Math.abs(near - first.accuracy).toFixed(2)} points from it.`,
          },
        ];
      }),
    ),
  );
}

/** PaddleClas repeats d-li14's accuracies as its reference. */
function strayRepetitions(): Doubt[] {
  return models.flatMap(({ id }): Doubt[] => {
    const [citation] = citations(paddleclas, id, 'reference_top1_as_printed');
    const [theirs] = citations(seed, id, 'top1');
    const [error] = citations(pycls, id, 'top1_error');
    if (!citation || !theirs || !error) return [];
    const { value } = citation.figure;
    const repeated = theirs.figure.value;
    if (Math.abs(value - repeated) <= 0.005 + 1e-9) return [];
    const official = accuracyIn(error);
    const fromPycls = Math.abs(value - official) <= 0.05 + 1e-9;
    return [
      {
        citation,
        expected: repeated,
        expectedFrom: theirs,
        reason: fromPycls
          ? `The column repeats d-li14’s accuracies, except here: this is pycls’s ${official.toFixed(3)}, rounded.`
          : `The column repeats d-li14’s accuracies; d-li14’s is ${repeated.toFixed(2)}, so digits were probably mistyped.`,
      },
    ];
  });
}

/** The number nearest to `wanted` that differs from `value` in one of its digits, two decimals. */
function oneDigitOff(value: number, wanted: number): number {
  const text = value.toFixed(2);
  const changed = Array.from(text).flatMap((old, i) =>
    old === '.'
      ? []
      : Array.from({ length: 10 }, (_, digit) =>
          Number(`${text.slice(0, i)}${digit}${text.slice(i + 1)}`),
        ),
  );
  return changed.reduce((best, candidate) =>
    Math.abs(candidate - wanted) < Math.abs(best - wanted) ? candidate : best,
  );
}
