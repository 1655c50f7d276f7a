/** What could make a published count differ from ours: other ways of counting, other networks. */
import {
  hasNorm,
  layersOf,
  complexityOf,
  float32Bytes,
  networkOf,
  torchvisionStagesOf,
  type Cost,
  type Design,
  type Layer,
  type Network,
} from '../regnet/index.ts';
import type { Source } from './schema.ts';
import {
  imgclsmob,
  imgclsmobChainer,
  imgclsmobTensorflow,
  mmpretrain,
  openModelZoo,
  paddleclas,
  timm,
  timmSpeed,
  torchvision,
  torchvisionFiles,
} from './sources.ts';

/** Another way of counting, and what it is called. */
export interface Theory {
  readonly count: number;
  readonly reason: string;
  /** Whether one digit of the count must have been mistyped as well. */
  readonly misprint?: boolean;
}

/** torchvision's own networks, and timm's copies of them. */
const HALVES_UP: readonly Source[] = [torchvision, torchvisionFiles, timm, timmSpeed];
/** Those that count as fvcore does. */
const FVCORE: readonly Source[] = [timmSpeed, paddleclas];
const IMGCLSMOB: readonly Source[] = [imgclsmob, imgclsmobChainer, imgclsmobTensorflow];

/** RegNetY-32GF without its squeeze-and-excitation, as timm (`regnety_320`) and torchvision define it. */
const REGNETY_32GF: Design = { depth: 20, w0: 232, wa: 115.89, wm: 2.53, groupWidth: 232 };

/**
 * Multiply-adds plus two operations an output for batch norm and one for each ReLU: a common way of
 * counting, and the one that reproduces MMPretrain's table.
 */
export function operationsWithNormAndRelu({ layers }: Network): number {
  return sum(layers, (l) => l.flops + (hasNorm(l) ? l.acts * (l.relu ? 3 : 2) : 0));
}

/** Multiply-adds plus two operations an output for batch norm, as fvcore counts. */
export function operationsWithNorm(layers: readonly Layer[]): number {
  return sum(layers, (l) => l.flops + (hasNorm(l) ? 2 * l.acts : 0));
}

/**
 * Half of what imgclsmob's model_stats.py adds up: two operations a weight and output, less one a
 * kernel because the first product is added to nothing; four an output of batch norm, one a ReLU,
 * and one an output of the pooling, or, outside of MXNet, one an input.
 */
export function imgclsmobOperations({ layers }: Network, pooling: boolean): number {
  const operations = sum(layers, (l) => {
    if (l.op === 'pool') return pooling ? l.cin * l.hin * l.win : l.cin;
    if (l.op === 'fc') return 2 * l.cin * l.cout;
    return 2 * l.flops - (l.cin * l.cout) / l.groups + l.acts * (l.relu ? 5 : 4);
  });
  return operations / 2;
}

/** Parameters and batch norm's running mean and variance. */
function withBuffers(layers: readonly Layer[]): number {
  return float32Bytes(layers) / 4;
}

/** What could make a source's count of `cost` differ from ours, likeliest first. */
export function theories(source: Source, cost: Cost, design: Design): Theory[] {
  const network = networkOf(design);
  const counts = network.complexity;
  const { layers } = network;
  const all = [
    ...(HALVES_UP.includes(source) ? otherNetwork(cost, design) : []),
    ...(IMGCLSMOB.includes(source) && cost === 'flops' ? asImgclsmob(network) : []),
    ...(source === openModelZoo && cost === 'params' ? [folded(layers)] : []),
    ...(source === paddleclas ? asPaddleclas(cost, layers) : []),
    ...(cost === 'flops' ? withMore(source, network) : []),
    ...(source === mmpretrain ? interchanged(cost, network) : []),
  ];
  return all.filter((theory) => theory.count !== counts[cost]);
}

function otherNetwork(cost: Cost, design: Design): Theory[] {
  const layers = layersOf(torchvisionStagesOf(design));
  if (complexityOf(layers).params === networkOf(design).complexity.params) return [];
  const reason =
    'Another network: torchvision rounds halves up, which makes the last stage 400 wide instead of 384.';
  return [
    { count: complexityOf(layers)[cost], reason },
    ...(cost === 'flops' ? [{ count: operationsWithNorm(layers), reason }] : []),
  ];
}

function asImgclsmob(network: Network): Theory[] {
  const counted =
    'Half of the operations that its script adds up: four an output of batch norm, one a ReLU';
  return [
    { count: imgclsmobOperations(network, false), reason: `${counted}.` },
    {
      count: imgclsmobOperations(network, true),
      reason: `${counted}, one an input of the pooling.`,
    },
  ];
}

function folded(layers: readonly Layer[]): Theory {
  return {
    count: sum(layers, (l) => l.params - (hasNorm(l) ? l.cout : 0)),
    reason: 'Batch norm is folded into the convolutions: one number a channel instead of two.',
  };
}

function asPaddleclas(cost: Cost, layers: readonly Layer[]): Theory[] {
  const large = networkOf(REGNETY_32GF).layers;
  const other = 'Another network: RegNetY-32GF’s widths without squeeze-and-excitation';
  if (cost === 'flops')
    return [{ count: operationsWithNorm(large), reason: `${other}, batch norm counted.` }];
  const buffers = 'batch norm’s running mean and variance counted';
  const typed = 'and one digit probably mistyped.';
  return [
    {
      count: withBuffers(layers),
      reason: 'Counts batch norm’s running mean and variance as parameters.',
    },
    {
      count: withBuffers(layers),
      reason: `With ${buffers}, ${typed}`,
      misprint: true,
    },
    { count: withBuffers(large), reason: `${other}, ${buffers}, ${typed}`, misprint: true },
  ];
}

function withMore(source: Source, network: Network): Theory[] {
  const { layers, complexity } = network;
  const pooled = sum(layers, (l) => (l.op === 'pool' ? l.cin * l.hin * l.win : 0));
  if (FVCORE.includes(source))
    return [
      {
        count: operationsWithNorm(layers),
        reason: 'Counts more: two operations for each output of batch norm reproduce the figure.',
      },
    ];
  return [
    {
      count: complexity.flops + pooled,
      reason: 'Counts one addition more for each input of the average pooling.',
    },
    {
      count: operationsWithNormAndRelu(network),
      reason:
        'Counts more: two operations an output for batch norm and one for each ReLU reproduce the figure.',
    },
  ];
}

/** 15.30 M and 3.21 G, written as 3.21 M and 1.53 G. */
function interchanged(cost: Cost, network: Network): Theory[] {
  const { params } = network.complexity;
  return [
    {
      count: cost === 'flops' ? params * 100 : operationsWithNormAndRelu(network) / 1000,
      reason:
        'The row’s two columns are interchanged: parameters stand under FLOPs, and FLOPs under parameters.',
    },
  ];
}

function sum(layers: readonly Layer[], value: (layer: Layer) => number): number {
  return layers.reduce((total, layer) => total + value(layer), 0);
}
