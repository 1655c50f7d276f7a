/** Every source at once: for pages and tests at build time, never for an island. */
import type { Source } from './schema.ts';
import * as sources from './sources.ts';

/** In the order in which they are told: d-li14, the paper's authors, then the others. */
const ORDER = ['d-li14', 'pycls', 'pycls-2020', 'paper', 'timm', 'timm-speed', 'torchvision'];

const place = ({ id }: Source): number => {
  const found = ORDER.indexOf(id);
  return found < 0 ? ORDER.length : found;
};

/** All of content/results/. */
export const allSources: readonly Source[] = Object.values(sources).sort(
  (a, b) => place(a) - place(b) || a.id.localeCompare(b.id),
);
