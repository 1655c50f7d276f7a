import { readFile } from 'node:fs/promises';
import type { APIRoute } from 'astro';
import { LABEL_SETS } from '../../../checkpoints/index.ts';
import { parseLabels } from '../../../zoo/labels.ts';

/** The class names of content/labels/<set>.tsv in the order of the network's outputs. */
export const GET: APIRoute = async ({ params }) =>
  Response.json(parseLabels(await readFile(`content/labels/${params.set ?? ''}.tsv`, 'utf8')));

export const getStaticPaths = () => Object.keys(LABEL_SETS).map((set) => ({ params: { set } }));
