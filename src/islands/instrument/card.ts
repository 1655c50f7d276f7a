/** A result as a picture: the crop, and beside it the classes. */
import { embeddedFont } from '../copy/font.ts';
import type { Picture } from '../copy/picture.ts';
import type { Kept } from './keep.ts';

const WIDTH = 640;
const CROP = 224;
const MARGIN = 24;
const ROW = 40;
const FONTS = 'Inter, system-ui, "Segoe UI", Helvetica, Arial, sans-serif';
const INK = '#1d2130';
const FAINT = '#585f70';

/** The card as an SVG that needs nothing of the site; `crop` is a data URL. */
export async function cardOf(kept: Kept, crop: string): Promise<Picture> {
  const font = await embeddedFont(getComputedStyle(document.body).fontFamily);
  const left = MARGIN + CROP + MARGIN;
  const room = WIDTH - left - MARGIN;
  const rows = kept.predictions.map(({ label, probability, value }, i) => {
    const y = MARGIN + i * ROW;
    const share = value === undefined ? `${(probability * 100).toFixed(1)}%` : value.toPrecision(4);
    const weight = i === 0 ? 650 : 400;
    return `<text x="${left}" y="${y + 15}" fill="${INK}" font-size="15" font-weight="${weight}">${escaped(short(label))}</text>
<text x="${WIDTH - MARGIN}" y="${y + 15}" fill="${INK}" font-size="15" font-weight="${weight}" text-anchor="end">${share}</text>
<rect x="${left}" y="${y + 22}" width="${room}" height="5" rx="2" fill="#e8eef9"/>
<rect x="${left}" y="${y + 22}" width="${room * probability}" height="5" rx="2" fill="#2b5db5"/>`;
  });
  const { resize, crop: side, interpolation } = kept.protocol;
  const notes = [
    `${kept.checkpoint.id}, shorter side to ${resize} px, ${interpolation}, centre ${side} px`,
    `${kept.picture.name}. ${kept.device.backend}, ${kept.device.gpu ?? 'the processor'}`,
    kept.page,
  ].map(
    (line, i) =>
      `<text x="${MARGIN}" y="${MARGIN + CROP + 28 + i * 18}" fill="${FAINT}" font-size="12">${escaped(short(line, 96))}</text>`,
  );
  const height = MARGIN + CROP + 28 + notes.length * 18 + 10;
  const family = font === null ? FONTS : `"Figure", ${FONTS}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family='${family}' style="font-variant-numeric: tabular-nums">
${font === null ? '' : `<style>${font}</style>`}<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<image href="${crop}" x="${MARGIN}" y="${MARGIN}" width="${CROP}" height="${CROP}"/>
${rows.join('\n')}
${notes.join('\n')}
</svg>`;
  return { svg, width: WIDTH, height };
}

function short(text: string, most = 34): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
