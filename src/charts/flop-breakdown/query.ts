/** What the breakdown shows as parameters of an address: `?count=params&numbers=share&px=320`. */
import { COSTS, DEFAULT_RESOLUTION, type Cost } from '../../regnet/index.ts';
import type { Mode } from './geometry.ts';

/** Sides of the picture that can be chosen, pixels. */
export const RESOLUTIONS = [96, 128, 160, 192, 224, 256, 288, 320, 384, 448];
/** How costs are written. */
export const MODES = ['absolute', 'share'] as const satisfies readonly Mode[];

/** What the picture shows. */
export interface Shown {
  readonly cost: Cost;
  readonly mode: Mode;
  readonly resolution: number;
}

/** Unasked. */
export const SHOWN: Shown = { cost: 'flops', mode: 'absolute', resolution: DEFAULT_RESOLUTION };

/** The parameters; null for what is so unasked. */
export function shownParameters({ cost, mode, resolution }: Shown) {
  return {
    count: cost === SHOWN.cost ? null : cost,
    numbers: mode === SHOWN.mode ? null : mode,
    px: resolution === SHOWN.resolution ? null : String(resolution),
  };
}

/** Reads them from the query of an address; what cannot be chosen is passed over. */
export function readShown(search: string): Shown {
  const found = new URLSearchParams(search);
  return {
    cost: COSTS.find((cost) => cost === found.get('count')) ?? SHOWN.cost,
    mode: MODES.find((mode) => mode === found.get('numbers')) ?? SHOWN.mode,
    resolution: RESOLUTIONS.find((px) => String(px) === found.get('px')) ?? SHOWN.resolution,
  };
}
