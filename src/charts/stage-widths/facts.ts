import type { Network } from '../../regnet/index.ts';
import { formatCount, formatInteger, formatResolution, plural } from '../shared/format.ts';
import type { Table } from '../shared/DataTable.tsx';
import type { Reading } from '../shared/Readout.tsx';
import type { Block } from './blocks.ts';

/** A block, or the whole network for null, as a heading and its figures. */
export function describeBlock(
  { design, stages, complexity }: Network,
  block: Block | null,
): { heading: string; readings: Reading[] } {
  const last = stages.at(-1);
  const heading = block
    ? `Block ${block.index + 1} of ${design.depth}: stage ${block.stage}, block ${block.place}`
    : `The whole network: ${plural(design.depth, 'block')}`;
  const { params, flops } = block ?? complexity;
  return {
    heading,
    readings: [
      { term: 'width', value: block ? formatInteger(block.width) : range(stages, (s) => s.width) },
      {
        term: 'groups',
        value: block ? formatInteger(block.groups) : range(stages, (s) => s.groups),
      },
      {
        term: 'group width',
        value: block ? formatInteger(block.groupWidth) : range(stages, (s) => s.groupWidth),
      },
      { term: 'output, pixels', value: formatResolution((block ?? last)?.resolution ?? 0) },
      { term: 'parameters', value: formatCount(params) },
      { term: 'multiply-adds', value: formatCount(flops) },
    ],
  };
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
      'multiply-adds',
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
      formatInteger(b.flops),
    ]),
  };
}
