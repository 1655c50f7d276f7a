import type { Complexity, Cost, Network } from '../../regnet/index.ts';
import { formatCount, formatInteger, formatResolution, plural } from '../shared/format.ts';
import type { Table } from '../shared/DataTable.tsx';
import { related } from '../shared/modules.ts';
import type { Reading } from '../shared/Readout.tsx';
import { COST_LABELS, formatCost } from '../shared/units.ts';
import type { Block } from './blocks.ts';

/** A stage, a block, or the whole network, whichever the module names, as a heading and its figures. */
export function describe(
  network: Network,
  blocks: readonly Block[],
  module: string | null,
): { heading: string; readings: Reading[] } {
  const found = module === null ? [] : blocks.filter((block) => related(block.module, module));
  const own = found.length > 0 ? found : blocks;
  const costs = found.length > 0 ? sums(own) : network.complexity;
  return {
    heading: headingOf(blocks, found, module),
    readings: [
      { term: 'width', value: range(own, (block) => block.width) },
      { term: 'groups', value: range(own, (block) => block.groups) },
      { term: 'group width', value: range(own, (block) => block.groupWidth) },
      { term: 'output, pixels', value: formatResolution(own.at(-1)?.resolution ?? 0) },
      { term: 'parameters', value: formatCount(costs.params) },
      { term: COST_LABELS.flops, value: formatCost('flops', costs.flops) },
    ],
  };
}

function headingOf(
  blocks: readonly Block[],
  found: readonly Block[],
  module: string | null,
): string {
  const [first] = found;
  if (!first) return `The whole network: ${plural(blocks.length, 'block')}`;
  if (module === `s${first.stage}`) return `Stage ${first.stage}: ${plural(found.length, 'block')}`;
  return `Block ${first.index + 1} of ${blocks.length}: stage ${first.stage}, block ${first.place}`;
}

function sums(blocks: readonly Block[]): Complexity {
  const sum = (cost: Cost) => blocks.reduce((total, block) => total + block[cost], 0);
  return { params: sum('params'), flops: sum('flops'), acts: sum('acts') };
}

function range<T>(items: readonly T[], value: (item: T) => number): string {
  const values = items.map(value);
  const [low, high] = [Math.min(...values), Math.max(...values)].map(formatInteger);
  return low === high ? `${low}` : `${low}–${high}`;
}

/** What the picture shows, in a sentence. */
export function pointOf({ design, stages }: Network): string {
  const [first, last] = [stages.at(0), stages.at(-1)];
  if (!first || !last || first === last)
    return `${plural(design.depth, 'block')}, all ${formatInteger(first?.width ?? 0)} channels wide: a single stage.`;
  const deepest = stages.reduce((a, b) => (b.depth > a.depth ? b : a));
  return `Widths grow from ${formatInteger(first.width)} to ${formatInteger(last.width)} channels in ${stages.length} stages; stage ${stages.indexOf(deepest) + 1} holds ${formatInteger(deepest.depth)} of the ${plural(design.depth, 'block')}.`;
}

/** Every block's figures, exactly. */
export function blockTable(name: string, blocks: readonly Block[]): Table {
  return {
    caption: `Blocks of ${name}; costs are of the whole block`,
    head: [
      'block',
      'j',
      'stage',
      'linear rule',
      'quantised',
      'width',
      'groups',
      'group width',
      'output, pixels',
      'parameters',
      COST_LABELS.flops,
    ],
    rows: blocks.map((b) => [
      String(b.index + 1),
      String(b.index),
      String(b.stage),
      b.continuous.toFixed(2),
      formatInteger(b.quantised),
      formatInteger(b.width),
      formatInteger(b.groups),
      formatInteger(b.groupWidth),
      formatResolution(b.resolution),
      formatInteger(b.params),
      formatCost('flops', b.flops, formatInteger),
    ]),
  };
}
