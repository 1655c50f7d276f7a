import { getCollection, type CollectionEntry } from 'astro:content';

type Checkpoint = CollectionEntry<'checkpoints'>['data'];

/** The catalogue's entries for a variant: what ships with the site first, dead links last. */
export async function checkpointsOf(variant: string): Promise<Checkpoint[]> {
  const rank = (c: Checkpoint) => (c.bundled ? 0 : c.gone === undefined ? 1 : 2);
  return (await getCollection('checkpoints', ({ data }) => data.variant === variant))
    .map(({ data }) => data)
    .sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id));
}
