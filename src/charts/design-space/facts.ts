import type { Network } from '../../regnet/index.ts';
import type { Table } from '../shared/DataTable.tsx';
import { formatInteger, formatResolution, plural } from '../shared/format.ts';
import type { Reading } from '../shared/Readout.tsx';
import { COST_LABELS, formatCost } from '../shared/units.ts';
import type { Step } from './steps.ts';

/** A block in a few words. */
export function nameOfStep(step: Step): string {
  return `Block ${step.index}: the line asks for ${tidy(step.continuous)} channels, exponent ${step.exact.toFixed(2)} becomes ${step.exponent}, ${step.width} channels in ${plural(step.groups, 'group')}, stage ${step.stage}`;
}

/** The steps of one block, or of the whole network for null, as a heading and its figures. */
export function describeStep(
  { design, stages }: Network,
  steps: readonly Step[],
  step: Step | null,
): { heading: string; readings: Reading[] } {
  const of = (value: (s: Step) => string): string => {
    if (step) return value(step);
    const [low, high] = [steps.at(0), steps.at(-1)].map((s) => (s ? value(s) : ''));
    return low === high ? (low ?? '') : `${low ?? ''} … ${high ?? ''}`;
  };
  return {
    heading: step
      ? `Block j = ${step.index}, in stage ${step.stage}`
      : `From block 0 to block ${design.depth - 1}: ${plural(stages.length, 'stage')}`,
    readings: [
      { term: 'the line u', value: of((s) => tidy(s.continuous)) },
      { term: 'exponent s', value: of((s) => s.exact.toFixed(2)) },
      { term: 'rounded, k', value: of((s) => String(s.exponent)) },
      { term: 'power', value: of((s) => tidy(s.power)) },
      { term: 'to eights', value: of((s) => formatInteger(s.quantised)) },
      { term: 'to groups: width', value: of((s) => formatInteger(s.width)) },
    ],
  };
}

/** Every step of every block. */
export function stepTable(steps: readonly Step[]): Table {
  return {
    caption: 'From the line to the network, block by block',
    head: [
      'block j',
      'line u',
      'exponent s',
      'rounded k',
      'power',
      'to eights',
      'width',
      'stage',
      'groups',
      'group width',
      'output, pixels',
      COST_LABELS.flops,
      'parameters',
      'activations',
    ],
    rows: steps.map((s) => [
      String(s.index),
      s.continuous.toFixed(2),
      s.exact.toFixed(3),
      String(s.exponent),
      s.power.toFixed(2),
      formatInteger(s.quantised),
      formatInteger(s.width),
      String(s.stage),
      formatInteger(s.groups),
      formatInteger(s.groupWidth),
      formatResolution(s.resolution),
      formatCost('flops', s.flops, formatInteger),
      formatInteger(s.params),
      formatInteger(s.acts),
    ]),
  };
}

/** What the picture shows, in a sentence. */
export function pointOf({ design, stages }: Network): string {
  const end = design.w0 + design.wa * (design.depth - 1);
  const shown = fewOf(stages.map((stage) => formatInteger(stage.width)));
  return `A line from ${formatInteger(design.w0)} to ${formatInteger(end)} channels, rounded to powers of ${design.wm}, becomes ${plural(stages.length, 'stage')}: ${shown.join(', ')} channels wide.`;
}

/** The picture in sentences. */
export function summaryOf({ design, stages }: Network): string {
  const parts = stages.map(
    ({ depth, width, groups, resolution }, i) =>
      `stage ${i + 1} has ${plural(depth, 'block')}, ${width} channels wide in ${plural(groups, 'group')}, at ${formatResolution(resolution)} pixels`,
  );
  return `The line ${design.w0} plus ${design.wa} times the block's index gives each of ${plural(design.depth, 'block')} a width. Its exponent to the base ${design.wm} is rounded to a whole number; blocks of equal width make ${plural(stages.length, 'stage')}: ${fewOf(parts).join('; ')}.`;
}

/** What of a long list a sentence can hold: its beginning and its end. */
function fewOf(texts: readonly string[]): readonly string[] {
  return texts.length > 6 ? [...texts.slice(0, 3), '…', ...texts.slice(-1)] : texts;
}

/** A width with two decimals, or none where it is whole. */
function tidy(value: number): string {
  const [whole, decimals] = value.toFixed(2).split('.');
  return `${formatInteger(Number(whole))}${decimals === '00' ? '' : `.${decimals ?? ''}`}`;
}
