/** A figure's drawings as one SVG that needs nothing of the site: colours, font and title inside. */
import { paintOf } from './colour.ts';
import { embeddedFont } from './font.ts';

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const SVG = 'http://www.w3.org/2000/svg';
/** Room around the drawings, whose labels may reach a little beyond their box. */
const MARGIN = 16;
/** Height of a title above its drawing, and of the source below all. */
const TITLE = { font: 15, height: 30 };
const SOURCE = { font: 11, height: 22 };
/** Where a reader's machine does not draw embedded fonts. */
const FALLBACK_FONTS = 'Inter, system-ui, "Segoe UI", Helvetica, Arial, sans-serif';

/** What says where and how large things are; how they are painted is computed. */
const GEOMETRY = [
  ...['x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'width', 'height'],
  ...['d', 'dx', 'dy', 'points', 'transform', 'text-anchor'],
];
/** How shapes and letters are painted, with what holds where nothing is said. */
const PAINTING: Readonly<Record<string, string>> = {
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linejoin': 'miter',
  'stroke-linecap': 'butt',
  'paint-order': 'normal',
};
const LETTERS: Readonly<Record<string, string>> = { 'font-size': '', 'font-weight': '400' };

/** The drawings that a figure shows, as many as it has: of each layout only the one in use. */
export function shownDrawings(figure: HTMLElement): SVGSVGElement[] {
  return [...figure.querySelectorAll<SVGSVGElement>('svg.rx-drawing')].filter(
    (drawing) => drawing.getClientRects().length > 0,
  );
}

/** What a drawing is called. */
export function titleOf(drawing: SVGSVGElement): string {
  return (
    drawing.getAttribute('aria-label') ?? drawing.querySelector(':scope > title')?.textContent ?? ''
  );
}

/** The drawings of a figure below each other, in the light theme, each under its title. */
export async function pictureOf(figure: HTMLElement): Promise<Picture> {
  const drawings = shownDrawings(figure);
  if (drawings.length === 0) throw new Error('No drawing of this figure is shown.');
  const font = await embeddedFont(getComputedStyle(figure).fontFamily);
  return inLightTheme(() => assemble(figure, drawings, font));
}

/**
 * Runs `read` while the page has its light theme. Nothing is painted meanwhile, because it ends
 * before the browser gets its turn.
 */
function inLightTheme<Result>(read: () => Result): Result {
  const { dataset } = document.documentElement;
  const { theme } = dataset;
  dataset.theme = 'light';
  try {
    return read();
  } finally {
    if (theme === undefined) delete dataset.theme;
    else dataset.theme = theme;
  }
}

function assemble(figure: HTMLElement, drawings: SVGSVGElement[], font: string | null): Picture {
  const { color, fontFeatureSettings } = getComputedStyle(figure);
  const ground = paintOf(getComputedStyle(document.body).backgroundColor).colour;
  const ink = paintOf(color).colour;
  const width = Math.max(...drawings.map((d) => d.viewBox.baseVal.width)) + 2 * MARGIN;
  const source = `${location.host}${location.pathname}${location.search}`;
  const root = make('svg', {
    xmlns: SVG,
    'font-family': font === null ? FALLBACK_FONTS : `"Figure", ${FALLBACK_FONTS}`,
    style: `font-variant-numeric: tabular-nums; font-feature-settings: ${fontFeatureSettings}`,
  });
  let y = MARGIN;
  const parts: SVGElement[] = [];
  for (const drawing of drawings) {
    const { height } = drawing.viewBox.baseVal;
    parts.push(
      line(titleOf(drawing), { y: y + TITLE.font, font: TITLE.font, fill: ink, bold: true }),
    );
    const placed = make('g', { transform: `translate(${MARGIN},${y + TITLE.height})` });
    placed.append(...copiesOf(drawing));
    parts.push(placed);
    y += TITLE.height + height + MARGIN;
  }
  parts.push(line(source, { y: y + SOURCE.font, font: SOURCE.font, fill: ink }));
  const height = Math.ceil(y + SOURCE.height);
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    root.setAttribute(name, String(value));
  const point = figure.querySelector<HTMLElement>('figcaption')?.innerText ?? '';
  root.append(
    make('title', {}, drawings.map(titleOf).join('; ')),
    make('desc', {}, `${point} Source: ${location.href}`),
    ...(font === null ? [] : [make('style', {}, font)]),
    make('rect', { width: String(width), height: String(height), fill: ground }),
    ...parts,
  );
  return { svg: new XMLSerializer().serializeToString(root), width, height };
}

function line(
  text: string,
  { y, font, fill, bold = false }: { y: number; font: number; fill: string; bold?: boolean },
): SVGElement {
  const weight = bold ? { 'font-weight': '650' } : { 'fill-opacity': '0.7' };
  return make(
    'text',
    { x: String(MARGIN), y: String(y), 'font-size': String(font), fill, ...weight },
    text,
  );
}

function make(tag: string, attributes: Readonly<Record<string, string>>, text = ''): SVGElement {
  const element = document.createElementNS(SVG, tag);
  // The namespace declares itself; as an attribute it would be written twice.
  for (const [name, value] of Object.entries(attributes))
    if (name !== 'xmlns') element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** The children of an element as they are seen, each painted by attributes alone. */
function copiesOf(element: Element): Node[] {
  const isLetters = element instanceof SVGTextContentElement;
  return [...element.childNodes].flatMap((child): readonly Node[] => {
    if (child instanceof Text && isLetters) return [document.createTextNode(child.data)];
    const copy = child instanceof SVGElement ? copyOf(child) : null;
    return copy ? [copy] : [];
  });
}

function copyOf(element: SVGElement): SVGElement | null {
  const style = getComputedStyle(element);
  const tag = element.tagName;
  if (tag === 'title' || tag === 'desc' || style.display === 'none') return null;
  const copy = make(tag, {});
  for (const name of GEOMETRY) {
    const value = element.getAttribute(name);
    if (value !== null) copy.setAttribute(name, value);
  }
  if (Number(style.opacity) < 1) copy.setAttribute('opacity', style.opacity);
  const isLetters = element instanceof SVGTextContentElement;
  if (isLetters || element instanceof SVGGeometryElement) {
    // A line has no inside.
    const filled = tag !== 'line' && paint(copy, style, 'fill');
    const stroked = paint(copy, style, 'stroke');
    if (!filled && !stroked) return null;
    write(copy, style, isLetters ? { ...PAINTING, ...LETTERS } : PAINTING);
  }
  copy.append(...copiesOf(element));
  return tag === 'g' && !copy.hasChildNodes() ? null : copy;
}

/** Writes a computed fill or stroke; false where there is nothing to see of it. */
function paint(copy: SVGElement, style: CSSStyleDeclaration, name: 'fill' | 'stroke'): boolean {
  const { colour, opacity } = paintOf(style.getPropertyValue(name));
  const visible = opacity * Number(style.getPropertyValue(`${name}-opacity`));
  const seen = colour !== 'none' && visible > 0;
  if (seen || name === 'fill') copy.setAttribute(name, seen ? colour : 'none');
  if (seen && visible < 1) copy.setAttribute(`${name}-opacity`, String(visible));
  return seen;
}

function write(
  copy: SVGElement,
  style: CSSStyleDeclaration,
  properties: Readonly<Record<string, string>>,
): void {
  for (const [name, usual] of Object.entries(properties)) {
    const value = style.getPropertyValue(name);
    if (value !== usual) copy.setAttribute(name, value);
  }
}
