/** Cards as PNG files: type set in the site's own faces, without any font of the machine. */
import { readFile } from 'node:fs/promises';
import satori from 'satori';
import sharp from 'sharp';
import { cardOf, type PageSummary } from './contents.ts';
import { CARD, layOut } from './layout.ts';

const FACES = [
  ['Inter', 'inter/files/inter-latin', 400],
  ['Inter', 'inter/files/inter-latin', 600],
  ['Source Serif', 'source-serif-4/files/source-serif-4-latin', 600],
] as const;

/** A function that draws the card of a page. satori reads no variable fonts, so it gets static ones. */
export async function cardPainter(): Promise<(page: PageSummary) => Promise<Buffer>> {
  const fonts = await Promise.all(
    FACES.map(async ([name, file, weight]) => ({
      name,
      weight,
      data: await readFile(`node_modules/@fontsource/${file}-${weight}-normal.woff`),
    })),
  );
  return async (page) => {
    const svg = await satori(layOut(cardOf(page)), { ...CARD, fonts });
    return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
  };
}
