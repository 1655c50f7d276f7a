import type { Figure, Protocol, Runs, Source } from './schema.ts';

/** A published number with everything needed to check it. */
export interface Citation {
  readonly figure: Figure;
  readonly source: Source;
  readonly protocol: Protocol | undefined;
  readonly url: string;
  /** On what it was timed, and how many pictures at a time; for what a benchmark measured. */
  readonly timed?: { readonly setup: Runs; readonly batch: number };
}

/** The id of the element that holds a figure's passport, on every page that has one (Passports). */
export function passportId({ source, figure, timed }: Citation): string {
  const { model, checkpoint = '', dataset = '', metric } = figure;
  const setup = timed ? [timed.setup.id, String(timed.batch)] : [];
  return ['passport', source.id, model, checkpoint, dataset, metric, ...setup]
    .filter((part) => part !== '')
    .join('-')
    .replace(/[^\w-]/g, '_');
}

/** Whether a figure is an error, where others are accuracies. */
export function isError({ figure }: Pick<Citation, 'figure'>): boolean {
  return /^top[15]_error/.test(figure.metric);
}

/** An accuracy as it was published, or what an error leaves of 100%, in percent. */
export function accuracyIn(citation: Pick<Citation, 'figure'>): number {
  const { value } = citation.figure;
  return isError(citation) ? 100 - value : value;
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

/** What a source's benchmarks measured of a model: pictures a second, and milliseconds a batch. */
export function timings(source: Source, model: string): Citation[] {
  return (source.benchmarks ?? []).flatMap((setup) =>
    setup.runs
      .filter((run) => run.model === model)
      .flatMap(({ checkpoint, batch, perSecond, ms }) => {
        const prefix = setup.phase === 'training' ? 'train_' : '';
        const cite = (metric: string, value: number | undefined, unit: Figure['unit']) =>
          value === undefined
            ? []
            : [
                {
                  figure: {
                    model,
                    ...(checkpoint === undefined ? {} : { checkpoint }),
                    metric: prefix + metric,
                    value,
                    unit,
                  },
                  source,
                  protocol: undefined,
                  url: setup.url,
                  timed: { setup, batch },
                },
              ];
        return [...cite('throughput', perSecond, 'pictures/s'), ...cite('batch_ms', ms, 'ms')];
      }),
  );
}

/** How many numbers a source has, benchmarks included. */
export function countOf({ figures, benchmarks = [] }: Source): number {
  const times = benchmarks.flatMap(({ runs }) =>
    runs.flatMap(({ perSecond, ms }) => [perSecond, ms].filter((time) => time !== undefined)),
  );
  return figures.length + times.length;
}

/** A source's one number. Throws when it is missing: for numbers that every variant must have. */
export function citation(source: Source, model: string, metric: string): Citation {
  const [first] = citations(source, model, metric);
  if (!first) throw new Error(`${source.id} has no ${metric} for ${model}.`);
  return first;
}
