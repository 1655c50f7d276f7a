/** How fast the twelve are on real devices, as published: at build time, never in an island. */
import { TORCHVISION_400MF } from '../regnet/index.ts';
import { formatInteger } from './integers.ts';
import { passportId, timings, type Citation } from './results.ts';
import { allSources } from './all-sources.ts';
import { models } from './models.ts';
import { timmSpeed } from './sources.ts';
import type { Time, Times, Today } from './times.ts';
import { V100_PICTURES, v100Time } from './v100.ts';

/** One network timed on one device, at 224 px. */
export interface Speed {
  readonly citation: Citation;
  readonly device: string;
  /** What of the device computes, where it has several such parts. */
  readonly processor: string | null;
  readonly precision: string;
  readonly software: string;
  readonly layout: string | null;
  readonly batch: number;
  /** Milliseconds. */
  readonly perPicture: number;
  /** Pictures a second. */
  readonly perSecond: number;
}

/**
 * Every published inference time of a variant. What is published as pictures a second or as a time
 * for a batch is the other way round as well; torchvision's own 400MF is left to `checkpoint`.
 */
export function speedsOf(model: string, checkpoint?: string): Speed[] {
  const timed = allSources
    .flatMap((source) => timings(source, model))
    .filter(({ figure }) => figure.checkpoint === checkpoint && !figure.metric.startsWith('train'));
  const rates = timed.filter(({ figure }) => figure.metric === 'throughput');
  // A run that has both is told by its pictures a second.
  const setups = new Set(rates.map((rate) => rate.timed?.setup));
  const times = timed.filter(
    (one) => one.figure.metric === 'batch_ms' && !setups.has(one.timed?.setup),
  );
  const byPycls = checkpoint === undefined ? [onV100(model)] : [];
  return [...[...rates, ...times].flatMap(speedIn), ...byPycls];
}

function speedIn(citation: Citation): Speed[] {
  const { figure, timed } = citation;
  if (!timed) return [];
  const { batch, setup } = timed;
  const perPicture = figure.metric === 'throughput' ? 1000 / figure.value : figure.value / batch;
  const { device, processor = null, precision, software, layout = null } = setup;
  const perSecond = 1000 / perPicture;
  return [
    { citation, device, processor, precision, software, layout, batch, perPicture, perSecond },
  ];
}

function onV100(model: string): Speed {
  const { citation, batch, ms } = v100Time(model);
  const perPicture = ms / V100_PICTURES;
  return {
    citation,
    device: 'V100',
    processor: null,
    precision: 'not stated',
    software: 'pycls',
    layout: null,
    batch,
    perPicture,
    perSecond: 1000 / perPicture,
  };
}

/** The fastest published run on each device, the fastest device first. */
export function fastestByDevice(speeds: readonly Speed[]): Speed[] {
  const best = new Map<string, Speed>();
  for (const speed of speeds)
    if (speed.perSecond > (best.get(speed.device)?.perSecond ?? 0)) best.set(speed.device, speed);
  return [...best.values()].sort((a, b) => b.perSecond - a.perSecond);
}

/** The setups that stand for today's hardware: the newest GPU as it comes, and a laptop's processor. */
const TODAY = {
  gpu: 'infer-amp-nchw-pt291-cu130-5090',
  cpu: 'infer-fp32-nchw-pt240-cpu-i7_12700h-dynamo',
} as const satisfies Record<Today, string>;

const NETWORKS: readonly { readonly model: string; readonly checkpoint?: string }[] = [
  ...models.map(({ id }) => ({ model: id })),
  { model: TORCHVISION_400MF.of, checkpoint: TORCHVISION_400MF.id },
];

/** One network's speed under the setup that stands for today's GPU or CPU. */
export function today(kind: Today, model: string, checkpoint?: string): Speed {
  const found = speedsOf(model, checkpoint).find(
    (speed) => speed.citation.timed?.setup.id === TODAY[kind],
  );
  if (!found) throw new Error(`timm has no ${TODAY[kind]} for ${checkpoint ?? model}.`);
  return found;
}

/** All that the home page shows. */
export function times(): Times {
  const time = (speed: Speed): Time => ({
    ms: speed.perPicture,
    passport: passportId(speed.citation),
  });
  return Object.fromEntries(
    NETWORKS.map(({ model, checkpoint }) => [
      checkpoint ?? model,
      { gpu: time(today('gpu', model, checkpoint)), cpu: time(today('cpu', model, checkpoint)) },
    ]),
  );
}

/** The passports behind them. */
export function publishedTimes(): { citation: Citation; label: string }[] {
  return NETWORKS.flatMap(({ model, checkpoint }) =>
    (['gpu', 'cpu'] as const).map((kind) => {
      const speed = today(kind, model, checkpoint);
      return { citation: speed.citation, label: `on a ${speed.device}, ${checkpoint ?? model}` };
    }),
  );
}

/** A setup in words: `RTX 5090, mixed float16, batches of 1024, PyTorch 2.9.1, CUDA 13.0`. */
export function setupWords(kind: Today): string {
  const found = timmSpeed.benchmarks?.find(({ id }) => id === TODAY[kind]);
  if (!found) throw new Error(`timm has no ${TODAY[kind]}.`);
  const batches = [...new Set(found.runs.map(({ batch }) => batch))];
  const pictures =
    batches.length === 1 && batches[0] === 1
      ? 'one picture at a time'
      : `batches of ${batches.map(formatInteger).join(' or ')}`;
  return `${found.device}, ${found.precision}, ${pictures}, ${found.software}`;
}
