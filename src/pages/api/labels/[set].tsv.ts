import { readFile } from 'node:fs/promises';
import type { APIRoute } from 'astro';
import { LABEL_SETS } from '../../../checkpoints/index.ts';

/** content/labels/<set>.tsv as it is: the classes with all their names, such as WordNet ids. */
export const GET: APIRoute = async ({ params }) =>
  new Response(await readFile(`content/labels/${params.set ?? ''}.tsv`, 'utf8'), {
    headers: { 'content-type': 'text/tab-separated-values; charset=utf-8' },
  });

export const getStaticPaths = () => Object.keys(LABEL_SETS).map((set) => ({ params: { set } }));
