import { models } from '../../zoo/models.ts';
import { citation, type Citation } from '../../zoo/results.ts';
import { pycls, seed } from '../../zoo/sources.ts';

/** The published figures of a row: who says them, and what they are. */
const PUBLISHED = {
  ours: { source: seed, metric: 'top1', label: 'top-1, d-li14' },
  official: { source: pycls, metric: 'top1_error', label: 'top-1 error, official' },
} as const;

/** A published figure with what it is. */
export interface Labelled {
  readonly citation: Citation;
  readonly label: string;
}

/** One published figure of a variant's row. */
export function publishedFigure(key: keyof typeof PUBLISHED, model: string): Labelled {
  const { source, metric, label } = PUBLISHED[key];
  return { citation: citation(source, model, metric), label };
}

/** All that the table may show. */
export function publishedFigures(): Labelled[] {
  const keys = Object.keys(PUBLISHED) as (keyof typeof PUBLISHED)[];
  return models.flatMap(({ id }) => keys.map((key) => publishedFigure(key, id)));
}
