import { readFile } from 'node:fs/promises';
import type { APIRoute } from 'astro';

/** The class names of content/labels/<set>.tsv in the order of the network's outputs. */
export const GET: APIRoute = async ({ params }) => {
  const table = await readFile(`content/labels/${params.set ?? ''}.tsv`, 'utf8');
  const [header = '', ...rows] = table.trimEnd().split('\n');
  const column = header.split('\t').indexOf('label');
  return Response.json(rows.map((row) => row.split('\t')[column]));
};

export const getStaticPaths = () =>
  ['imagenet-1k', 'tiny-imagenet-200'].map((set) => ({ params: { set } }));
