import { readFile } from 'node:fs/promises';
import type { APIRoute, GetStaticPaths } from 'astro';
import sharp from 'sharp';
import { samples, SMALL_SIDE } from '../../islands/classifier/samples.ts';

/** A sample as its button shows it: a square from its middle, a tenth of its bytes. */
export const GET: APIRoute<{ file: string }> = async ({ props }) => {
  const small = await sharp(await readFile(`public/samples/${props.file}`))
    .resize(SMALL_SIDE, SMALL_SIDE)
    .jpeg({ quality: 72, mozjpeg: true })
    .toBuffer();
  return new Response(new Uint8Array(small), { headers: { 'content-type': 'image/jpeg' } });
};

export const getStaticPaths = (() =>
  samples.map(({ name, file }) => ({
    params: { name },
    props: { file },
  }))) satisfies GetStaticPaths;
