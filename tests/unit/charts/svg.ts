import { expect } from 'vitest';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A drawing as text with one element a line, so that a changed snapshot can be read. */
export function svgOf(drawing: VNode): string {
  const svg = renderToString(drawing);
  expect(svg, 'coordinates are rounded').not.toMatch(/="[^"]*\.\d{3}/);
  return `${svg.replaceAll('><', '>\n<')}\n`;
}

/** Where the snapshot of a drawing is kept. */
export function snapshot(name: string): string {
  return `../../fixtures/charts/${name}.svg`;
}
