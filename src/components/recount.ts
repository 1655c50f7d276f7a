/** What the recount's page offers: weights with their published accuracies, and protocols. */
import { getCollection } from 'astro:content';
import { officialWeights } from '../islands/classifier/official.ts';
import type { ProtocolOption, PublishedRow, WeightsOption } from '../islands/recount/choices.ts';
import { namedProtocols } from '../recount/protocols.ts';
import { ENDINGS } from '../zoo/endings.ts';
import { modelOf, models } from '../zoo/models.ts';
import { accuracyIn, citations, type Citation } from '../zoo/results.ts';
import * as sources from '../zoo/sources.ts';
import { TEST_SETS } from '../zoo/robustness.ts';

/** Sets whose truths are ImageNet's own, and how many pictures they have. */
const PICTURES: Readonly<Record<string, number>> = {
  imagenet: 50_000,
  'imagenetv2-matched-frequency': 10_000,
};

/** What ships with the site first, then official weights by size. */
export async function weightsOptions(hub: string | undefined): Promise<WeightsOption[]> {
  const entries = (await getCollection('checkpoints')).map(({ data }) => data);
  const shipped = entries.flatMap((entry): WeightsOption[] =>
    entry.bundled
      ? [
          {
            id: entry.id,
            kind: 'shipped',
            variant: entry.variant,
            label: `${modelOf(entry.variant).name}, ${entry.labels}`,
            url: entry.url,
            bytes: entry.bytes,
            memory: null,
            resolution: entry.preprocessing.crop,
            sha256: entry.sha256,
            meaning: { preprocessing: entry.preprocessing, labels: entry.labels },
            published: entry.accuracy
              .filter(({ resolution }) => resolution === entry.preprocessing.crop)
              .flatMap(({ top1, top5, pictures }) =>
                Object.entries({ top1, top5 }).map(([metric, percent]): PublishedRow => ({
                  id: `${entry.id}-${metric}`,
                  metric: metric === 'top5' ? 'top5' : 'top1',
                  share: percent / 100,
                  pictures,
                  source: 'this site',
                  dataset: `${entry.labels}, validation`,
                  url: null,
                })),
              ),
          },
        ]
      : [],
  );
  const official = models.flatMap(({ id, name, design }) =>
    officialWeights(
      entries.filter(({ variant }) => variant === id),
      design,
      hub,
    ).map((weights): WeightsOption => {
      const { id: checkpoint, url, bytes, memory, sha256 = null, meaning, size } = weights;
      return {
        id: checkpoint,
        kind: 'official',
        variant: id,
        label: `${name}, ${checkpoint.replace(/^.*\./, '')} (${size})`,
        url,
        bytes,
        memory,
        resolution: meaning.preprocessing.crop,
        sha256,
        meaning,
        published: publishedOf(id, checkpoint),
      };
    }),
  );
  return [...shipped, ...official];
}

/** timm's own evaluation of the file, and what whoever trained it measured. */
function publishedOf(model: string, checkpoint: string): PublishedRow[] {
  const { timm, pycls, torchvision } = sources;
  const theirs = (['top1', 'top5'] as const).flatMap((metric) =>
    citations(timm, model, metric)
      .filter(({ figure }) => figure.checkpoint === checkpoint)
      .flatMap((citation) => rowOf(citation, metric, citation.figure.value)),
  );
  const trainers = checkpoint.endsWith(ENDINGS.pyclsInTimm)
    ? citations(pycls, model, 'top1_error').flatMap((citation) =>
        rowOf(citation, 'top1', accuracyIn(citation)),
      )
    : (['top1', 'top5'] as const).flatMap((metric) =>
        citations(torchvision, model, metric)
          .filter(({ figure }) => figure.checkpoint === ENDINGS.v2)
          .flatMap((citation) => rowOf(citation, metric, citation.figure.value)),
      );
  return [...theirs, ...trainers];
}

function rowOf(
  { figure, source, url }: Citation,
  metric: PublishedRow['metric'],
  percent: number,
): PublishedRow[] {
  const { dataset = 'imagenet' } = figure;
  const pictures = PICTURES[dataset];
  if (pictures === undefined) return [];
  return [
    {
      id: `${source.id}-${dataset}-${metric}`,
      metric,
      share: percent / 100,
      pictures,
      source: source.id,
      dataset: TEST_SETS.find(({ id }) => id === dataset)?.name ?? dataset,
      url,
    },
  ];
}

/** All protocols that a source states, by name. */
export function protocolOptions(): ProtocolOption[] {
  return namedProtocols(Object.values(sources)).map(({ name, source, summary, framing }) => ({
    name,
    source,
    summary,
    framing,
  }));
}
