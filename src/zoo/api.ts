import { networkOf, type Layer } from '../regnet/index.ts';
import type { Model } from './models.ts';
import { allSources } from './all-sources.ts';
import { citations, timings, type Citation } from './results.ts';

/** Version of the shape of everything under /api/. */
export const API_SCHEMA = 1;

/** What the API says of a variant, without layers and checkpoints. Counts at 224 px, 1000 classes. */
export function describeModel(model: Model) {
  const { stages, complexity } = networkOf(model.design);
  const { id, name, aliases, design } = model;
  return { id, name, aliases, design, stages, complexity, results: resultsOf(id) };
}

/** Layers in the API's shape: what each is and costs, without how they are wired. */
export function describeLayers(layers: readonly Layer[]) {
  return layers.map((layer) => {
    const { name, op, kernel, stride, groups, cin, cout } = layer;
    const { hout, wout, params, flops, acts } = layer;
    return { name, op, kernel, stride, groups, cin, cout, hout, wout, params, flops, acts };
  });
}

/** Every published number about a model, flat, with source and protocol. */
function resultsOf(model: string) {
  return allSources.flatMap((source) =>
    [...citations(source, model), ...timings(source, model)].map(
      ({ figure, protocol, url, timed }) => ({
        source: source.id,
        commit: source.commit ?? null,
        licence: source.licence,
        checkpoint: figure.checkpoint ?? null,
        dataset: figure.dataset ?? null,
        metric: figure.metric,
        value: figure.value,
        unit: figure.unit,
        protocol: protocol?.summary ?? null,
        note: figure.note ?? null,
        ...(figure.deviation === undefined ? {} : { deviation: figure.deviation }),
        ...(timed ? { timed: setupOf(timed) } : {}),
        url,
      }),
    ),
  );
}

/** Under what a time was measured. */
function setupOf({ setup, batch }: NonNullable<Citation['timed']>) {
  const { device, processor, precision, software, layout } = setup;
  return {
    device,
    processor: processor ?? null,
    precision,
    software,
    layout: layout ?? null,
    batch,
    resolution: 224,
  };
}
