import { getCollection } from 'astro:content';
import type { Protocol } from '../islands/classifier/settings.ts';

/** Who publishes, in words. */
const SOURCES: Readonly<Record<string, string>> = {
  zoo: 'this site',
  mmpretrain: 'MMPretrain',
  'd-li14': 'd-li14',
};

/** How pictures are prepared for the catalogue's checkpoints: one entry for all that do it alike. */
export async function publishedProtocols(): Promise<Protocol[]> {
  const byKind = new Map<string, Protocol>();
  for (const { data } of await getCollection('checkpoints')) {
    const { source, naming, classes, labels, preprocessing, id } = data;
    const key = JSON.stringify([source, naming, classes, labels, preprocessing]);
    const { count = 0, example = id } = byKind.get(key) ?? {};
    byKind.set(key, {
      source: SOURCES[source] ?? source,
      naming,
      classes,
      labels,
      preprocessing,
      count: count + 1,
      example,
    });
  }
  return [...byKind.values()].sort(
    (a, b) => b.count - a.count || a.example.localeCompare(b.example),
  );
}
