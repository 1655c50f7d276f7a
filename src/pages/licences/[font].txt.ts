import { readFile } from 'node:fs/promises';
import type { APIRoute } from 'astro';

/** The fonts whose files the site serves, as their packages are called. */
const FONTS = ['inter', 'source-serif-4'];

/** The licence of a font, which must go wherever its files go. */
export const GET: APIRoute = async ({ params }) =>
  new Response(
    await readFile(`node_modules/@fontsource-variable/${params.font ?? ''}/LICENSE`, 'utf8'),
  );

export const getStaticPaths = () => FONTS.map((font) => ({ params: { font } }));
