/** Words and numbers of the guide to grouped convolution. */
import { formatInteger, formatShare } from '../../charts/shared/format.ts';
import { formatMultiplyAdds } from '../../charts/shared/units.ts';
import { models, shortName } from '../../zoo/models.ts';
import { groupedShares, withAndWithout } from './grouped.ts';

const last = withAndWithout('regnetx_002');
/** The 3x3 of the smallest network's last block. */
export const example = {
  name: last.model.name,
  width: last.width,
  groups: last.groups,
  groupWidth: last.groupWidth,
  pixels: `${last.pixels} × ${last.pixels}`,
  weights: formatInteger(last.weights),
  denseWeights: formatInteger(last.denseWeights),
  flops: formatMultiplyAdds(last.flops),
  denseFlops: formatMultiplyAdds(last.denseFlops),
};

const shares = groupedShares();
const byFlops = [...shares].sort((a, b) => a.shares.flops - b.shares.flops);
const told = (row: (typeof shares)[number] | undefined) =>
  row ? { name: row.model.name, share: formatShare(row.shares.flops) } : { name: '', share: '' };
/** The variants whose grouped convolutions take the least and the most of the multiply-adds. */
export const least = told(byFlops.at(0));
export const most = told(byFlops.at(-1));

const acts = shares.map((row) => row.shares.acts);
export const leastActs = formatShare(Math.min(...acts));
export const mostActs = formatShare(Math.max(...acts));

/** Group widths of the twelve, and the variants that do not follow their order. */
const widths = models.map(({ design }) => design.groupWidth);
export const narrowest = Math.min(...widths);
export const widest = Math.max(...widths);
export const narrower = models
  .filter((_, i) => (widths[i] ?? 0) < (widths[i - 1] ?? 0))
  .map(shortName)
  .join(', ');

/** Rows and columns of one group's matrix, at the narrowest and at the widest. */
export const matrix = (groupWidth: number) => `${9 * groupWidth} × ${groupWidth}`;
