import { readFile } from 'node:fs/promises';
import type { APIRoute, GetStaticPaths } from 'astro';
import sharp from 'sharp';

/** The side of each icon in pixels, and the room around the mark; a touch icon has a ground of its own. */
const ICONS = {
  favicon: { side: 96, room: 0, background: '#fdfdfb00' },
  'apple-touch-icon': { side: 180, room: 28, background: '#fdfdfb' },
} as const;

/** The site's mark as PNG. */
export const GET: APIRoute<{ icon: keyof typeof ICONS }> = async ({ props }) => {
  const { side, room, background } = ICONS[props.icon];
  const mark = await sharp(await readFile('public/favicon.svg'), { density: 600 })
    .resize(side - 2 * room)
    .extend({ top: room, bottom: room, left: room, right: room, background })
    .flatten(room > 0 ? { background } : false)
    .png()
    .toBuffer();
  return new Response(new Uint8Array(mark), { headers: { 'content-type': 'image/png' } });
};

export const getStaticPaths = (() =>
  Object.keys(ICONS).map((icon) => ({
    params: { icon },
    props: { icon },
  }))) satisfies GetStaticPaths;
