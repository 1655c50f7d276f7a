import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A drawing as text with one element a line, so that a changed snapshot can be read. */
export function svgOf(drawing: VNode): string {
  return `${renderToString(drawing).replaceAll('><', '>\n<')}\n`;
}

/** Where the snapshot of a drawing is kept. */
export function snapshot(name: string): string {
  return `../../fixtures/charts/${name}.svg`;
}
