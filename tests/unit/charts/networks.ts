import { networkOf, type Design, type Network } from '../../../src/regnet/index.ts';
import { modelOf, models } from '../../../src/zoo/models.ts';

/** A variant's network. */
export const networkOfVariant = (id: string, resolution?: number): Network =>
  networkOf(modelOf(id).design, resolution);

/** Designs that the family does not have: what a chart must survive. */
export const ODD = {
  'one block': { depth: 1, w0: 24, wa: 36.44, wm: 2.49, groupWidth: 8 },
  'sixty blocks': { depth: 60, w0: 48, wa: 20, wm: 2, groupWidth: 16 },
  'many stages': { depth: 28, w0: 32, wa: 40, wm: 1.1, groupWidth: 8 },
  'thousands of exponents': { depth: 20, w0: 24, wa: 36, wm: 1.0005, groupWidth: 8 },
  'no slope': { depth: 12, w0: 64, wa: 0, wm: 2, groupWidth: 64 },
  'thin groups': { depth: 12, w0: 512, wa: 128, wm: 2, groupWidth: 1 },
} as const satisfies Readonly<Record<string, Design>>;

/** The twelve and the odd ones, each with a name for `describe.each`. */
export const NETWORKS: readonly (readonly [string, Network])[] = [
  ...models.map(({ id, design }) => [id, networkOf(design)] as const),
  ...Object.entries(ODD).map(([name, design]) => [name, networkOf(design)] as const),
];
