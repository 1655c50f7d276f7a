/** What the axes of cost are called, and how their values are written. */
import type { Axis, Weights } from '../../zoo/choice.ts';
import {
  formatAccuracy,
  formatBytes,
  formatCount,
  formatMilliseconds,
  formatTick,
} from '../shared/format.ts';
import { COST_LABELS, formatCost, inUnit, say, type Text } from '../shared/units.ts';

const NO_BREAK_SPACE = '\u00a0';

export interface AxisWords {
  /** In a row of choices: `parameters`. */
  readonly name: Text;
  /** Under the axis: `parameters`, with how they are counted. */
  readonly title: Text;
  /** A value as text has it: `9.190 M`, or shorter where room is. */
  readonly format: (value: number, digits?: 3 | 4) => Text;
  /** A budget in a sentence, after "within": `10 M parameters`. */
  readonly amount: (written: Text) => Text;
  /** What is counted, after a value: ` parameters`; nothing where the value has its unit. */
  readonly noun: Text;
  /** A value as the axis has it: `10 M`. */
  readonly tick: (value: number) => Text;
}

export const AXIS_WORDS: Readonly<Record<Axis, AxisWords>> = {
  flops: {
    name: COST_LABELS.flops,
    title: say`${COST_LABELS.flops} at 224 px`,
    format: (value, digits) => formatCost('flops', value, (count) => formatCount(count, digits)),
    amount: (written) => say`${written} ${COST_LABELS.flops}`,
    noun: say` ${COST_LABELS.flops}`,
    tick: (value) => formatCost('flops', value, formatTick),
  },
  params: {
    name: COST_LABELS.params,
    title: COST_LABELS.params,
    format: formatCount,
    amount: (written) => say`${written} ${COST_LABELS.params}`,
    noun: say` ${COST_LABELS.params}`,
    tick: formatTick,
  },
  acts: {
    name: COST_LABELS.acts,
    title: say`${COST_LABELS.acts} at 224 px`,
    format: formatCount,
    amount: (written) => say`${written} ${COST_LABELS.acts}`,
    noun: say` ${COST_LABELS.acts}`,
    tick: formatTick,
  },
  gpu: {
    name: 'GPU time',
    title: 'a picture on a current GPU, by timm',
    format: formatMilliseconds,
    amount: (written) => say`${written} a picture on a current GPU`,
    noun: '',
    tick: formatMilliseconds,
  },
  cpu: {
    name: 'CPU time',
    title: 'a picture on a laptop’s processor, by timm',
    format: formatMilliseconds,
    amount: (written) => say`${written} a picture on a laptop’s processor`,
    noun: '',
    tick: formatMilliseconds,
  },
  time: {
    name: 'V100 time',
    title: '64 pictures on one V100, by pycls',
    format: formatMilliseconds,
    amount: (written) => say`${written} for 64 pictures on a V100`,
    noun: '',
    tick: formatMilliseconds,
  },
  bytes: {
    name: 'file size',
    title: 'file as float32',
    format: formatBytes,
    amount: (written) => say`a file of ${written}`,
    noun: '',
    tick: (value) => `${Number((value / 1e6).toPrecision(3))}${NO_BREAK_SPACE}MB`,
  },
};

/** What the trainings are called, in the picture and in sentences. */
export const WEIGHTS_WORDS: Readonly<
  Record<Weights, { readonly name: string; readonly with: string }>
> = {
  ours: { name: 'ours', with: 'with our weights' },
  official: { name: 'official', with: 'with the official weights' },
  v2: { name: 'torchvision V2', with: 'with torchvision’s V2 weights' },
};

/** An accuracy with the half-width of its 95% interval: `79.67% ± 0.35`. */
export function formatInterval(accuracy: number, interval: number): string {
  return `${formatAccuracy(accuracy)} ± ${interval.toFixed(2)}`;
}

/** The least and the most of a cost: `199 M–31.7 G`, and `11–337 ms` where the unit is one. */
export function formatRange(least: Text, most: Text): Text {
  const join = (from: string, to: string) => {
    const [digits = from, symbol = ''] = from.split(NO_BREAK_SPACE);
    const shared = symbol !== '' && to.endsWith(NO_BREAK_SPACE + symbol);
    return `${shared ? digits : from}–${to}`;
  };
  if (typeof least === 'string' && typeof most === 'string') return join(least, most);
  return {
    '1x': join(inUnit(least), inUnit(most)),
    '2x': join(inUnit(least, '2x'), inUnit(most, '2x')),
  };
}
