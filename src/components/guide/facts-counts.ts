/** Words and numbers of the guide to the counts. */
import { formatCount, formatInteger, formatShare } from '../../charts/shared/format.ts';
import {
  complexityOf,
  networkOf,
  runningStatistics,
  type Cost,
  type Role,
} from '../../regnet/index.ts';
import { modelOf } from '../../zoo/models.ts';
import { citation } from '../../zoo/results.ts';
import { torchvision } from '../../zoo/sources.ts';
import { timeOf } from './v100.ts';
import { agreements, mmpretrainRows, seedCounts } from './counts.ts';

/** The variant that the guide counts. */
export const example = modelOf('regnetx_002');
const { layers, complexity } = networkOf(example.design);
export const layerCount = layers.length;

const shareOf = (...roles: readonly Role[]) =>
  formatShare(
    complexityOf(layers.filter(({ role }) => roles.includes(role))).flops / complexity.flops,
  );
/** Shares of its multiply-adds. */
export const pointwise = shareOf('conv1', 'conv3', 'downsample');
export const grouped = shareOf('conv2');

/** Running means and variances of its batch norms. */
export const statistics = formatInteger(runningStatistics(layers));

const flopsAt = (resolution: number) => networkOf(example.design, resolution).complexity.flops;
/** Its multiply-adds at 128 px as a share of those at 224, and how many more 225 px cost. */
export const at128 = formatShare(flopsAt(128) / flopsAt(224));
export const at225 = formatShare(flopsAt(225) / flopsAt(224) - 1);

/** Two neighbours of which the larger has fewer activations. */
const [first, second] = [modelOf('regnetx_064'), modelOf('regnetx_080')];
const change = (cost: Cost) =>
  formatShare(
    Math.abs(
      networkOf(second.design).complexity[cost] / networkOf(first.design).complexity[cost] - 1,
    ),
  );
export const neighbours = {
  first,
  second,
  flops: change('flops'),
  acts: change('acts'),
  firstTime: timeOf(first.id),
  secondTime: timeOf(second.id),
};

const counts = agreements().flatMap((row) => row.counts);
/** Counts that equal pycls's, of all. */
export const equal = counts.filter((count) => count.equal).length;
export const compared = counts.length;

const seeds = seedCounts();
const others = seeds.filter((row) => row.finding !== 'rounded' && row.finding !== 'exact');
const otherOf = (metric: string) => {
  const [row] = others.filter(({ citation: { figure } }) => figure.metric === metric);
  if (!row)
    throw new Error(`All d-li14’s ${metric} are ours: the guide to the counts must say so.`);
  const { model } = row.citation.figure;
  return { name: modelOf(model).name, printed: row.citation, exact: formatInteger(row.recomputed) };
};
/** d-li14's counts that are ours, rounded; all of them; and the two others. */
export const seedRounded = seeds.length - others.length;
export const seedAll = seeds.length;
export const seedParams = otherOf('params');
export const seedFlops = otherOf('flops');

/** 400MF: torchvision's count and ours. */
export const theirs = citation(torchvision, 'regnetx_004', 'params');
export const theirsText = formatInteger(theirs.figure.value);
export const ours400 = formatInteger(networkOf(modelOf('regnetx_004').design).complexity.params);

/** MMPretrain's row whose two counts stand in each other's column. */
const row = mmpretrainRows().find((r) => r.flops.figure.value < r.ours.flops);
if (!row) throw new Error('MMPretrain’s swapped row is gone: the guide to the counts must say so.');
export const swapped = {
  name: row.model.name,
  params: formatCount(row.params.figure.value),
  flops: formatCount(row.flops.figure.value),
  trueFlops: (row.operations / 1e9).toFixed(2),
  trueParams: (row.ours.params / 1e6).toFixed(1),
};
