import type { Figure, Protocol, Source } from './schema.ts';

/** A published number with everything needed to check it. */
export interface Citation {
  readonly figure: Figure;
  readonly source: Source;
  readonly protocol: Protocol | undefined;
  readonly url: string;
}

/** The id of the element that holds a figure's passport, on every page that has one (Passports). */
export function passportId({ source, figure }: Citation): string {
  const { model, checkpoint = '', dataset = '', metric } = figure;
  return ['passport', source.id, model, checkpoint, dataset, metric]
    .filter((part) => part !== '')
    .join('-')
    .replace(/[^\w-]/g, '_');
}

/** A source's numbers about a model, optionally of one metric. */
export function citations(source: Source, model: string, metric?: string): Citation[] {
  return source.figures
    .filter((f) => f.model === model && (metric === undefined || f.metric === metric))
    .map((figure) => ({
      figure,
      source,
      protocol: figure.protocol === undefined ? undefined : source.protocols[figure.protocol],
      url: figure.url ?? source.url,
    }));
}

/** A source's one number. Throws when it is missing: for numbers that every variant must have. */
export function citation(source: Source, model: string, metric: string): Citation {
  const [first] = citations(source, model, metric);
  if (!first) throw new Error(`${source.id} has no ${metric} for ${model}.`);
  return first;
}
