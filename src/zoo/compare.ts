import { COSTS, networkOf, stagesOf, type Cost } from '../regnet/index.ts';
import { accuracyOf } from './accuracy.ts';
import { ENDINGS } from './endings.ts';
import { modelOf, models, type Model } from './models.ts';
import { citations, type Citation } from './results.ts';
import { TEST_SETS } from './robustness.ts';
import { pycls, seed, timm, torchvision } from './sources.ts';
import type { Source } from './schema.ts';
import { v100Time } from './v100.ts';
import { band95, VALIDATION_PICTURES } from './verdict.ts';

/** A number of one variant, and how it compares with that of the first. */
export interface Compared {
  readonly value: number;
  /** What was published; null for what is computed. */
  readonly citation: Citation | null;
  /** value / the first's; null for the first, or where the first has none. */
  readonly ratio: number | null;
  /** value - the first's, likewise. */
  readonly difference: number | null;
  /** Whether two accuracies differ by more than chance explains; null where that is not asked. */
  readonly outside: boolean | null;
}

/** One row of the comparison. */
export interface Measure {
  readonly key: string;
  readonly name: string;
  readonly kind: 'count' | 'ms' | 'h' | 'accuracy';
  /** Whose number it is and how it was measured. */
  readonly note: string;
  readonly values: readonly (Compared | null)[];
}

interface Spec {
  readonly key: string;
  readonly name: string;
  readonly kind: Measure['kind'];
  readonly note: string;
  readonly pick: (model: string) => { value: number; citation: Citation | null } | undefined;
  /** Whether differences can be judged against the sampling error of 50,000 pictures. */
  readonly judged?: boolean;
}

const COST_WORDS: Readonly<Record<Cost, string>> = {
  flops: 'multiply-adds',
  params: 'parameters',
  acts: 'activations',
};

const published =
  (source: Source, metric: string, matches: (c: Citation) => boolean = () => true) =>
  (model: string) => {
    const found = citations(source, model, metric).find(matches);
    return found && { value: found.figure.value, citation: found };
  };
const on = (dataset: string, checkpoint: string) => (c: Citation) =>
  c.figure.dataset === dataset && c.figure.checkpoint?.endsWith(checkpoint) === true;

const COST_ROWS: readonly Spec[] = [
  ...COSTS.map((cost) => ({
    key: cost,
    name: COST_WORDS[cost],
    kind: 'count' as const,
    note: cost === 'params' ? 'computed' : 'computed, 224 px',
    pick: (model: string) => ({
      value: networkOf(modelOf(model).design).complexity[cost],
      citation: null,
    }),
  })),
  {
    key: 'infer',
    name: 'inference',
    kind: 'ms',
    note: 'pycls, 64 pictures on a V100',
    pick: (model) => {
      const { citation, ms } = v100Time(model);
      return { value: ms, citation };
    },
  },
  {
    key: 'train',
    name: 'training',
    kind: 'h',
    note: 'pycls, on V100s',
    pick: published(pycls, 'train_hr'),
  },
];

const ACCURACY_ROWS: readonly Spec[] = [
  {
    key: 'ours',
    name: 'd-li14',
    kind: 'accuracy',
    note: 'd-li14/regnet.pytorch',
    pick: published(seed, 'top1'),
    judged: true,
  },
  {
    key: 'official',
    name: 'official',
    kind: 'accuracy',
    note: 'pycls, from the exact error',
    pick: (model) => {
      const error = published(pycls, 'top1_error')(model);
      return error && { ...error, value: accuracyOf(model).official };
    },
    judged: true,
  },
  {
    key: 'official-timm',
    name: 'official, by timm',
    kind: 'accuracy',
    note: 'the same weights, bicubic',
    pick: published(timm, 'top1', on('imagenet', ENDINGS.pyclsInTimm)),
    judged: true,
  },
  ...(
    [
      ['V1', ENDINGS.v1],
      ['V2', ENDINGS.v2],
    ] as const
  ).map(([version, ending]) => ({
    key: `torchvision-${version}`,
    name: `torchvision ${version}`,
    kind: 'accuracy' as const,
    note: version === 'V1' ? 'the paper’s recipe' : 'a longer, stronger recipe',
    pick: published(torchvision, 'top1', on('imagenet', ending)),
    judged: true,
  })),
];

/** Test sets beyond the validation set. */
const SETS = TEST_SETS.filter(({ id }) => id !== 'imagenet');

const ROBUSTNESS_ROWS: readonly Spec[] = SETS.map(({ id, name }) => ({
  key: id,
  name,
  kind: 'accuracy',
  note: 'official weights, by timm',
  pick: published(timm, 'top1', on(id, ENDINGS.pyclsInTimm)),
}));

/** Every cost and accuracy of some variants, in groups of rows. */
export function measuresOf(ids: readonly string[]): { title: string; measures: Measure[] }[] {
  const row = ({ pick, judged = false, key, name, kind, note }: Spec): Measure => {
    const values = ids.map(pick);
    const first = values[0];
    return {
      key,
      name,
      kind,
      note,
      values: values.map((own, i) => {
        if (!own) return null;
        const apart = i > 0 && first !== undefined;
        const difference = apart ? own.value - first.value : null;
        return {
          ...own,
          difference,
          ratio: apart ? own.value / first.value : null,
          outside:
            judged && difference !== null && first
              ? Math.abs(difference) > band95(own.value, first.value, VALIDATION_PICTURES)
              : null,
        };
      }),
    };
  };
  return [
    { title: 'Costs', measures: COST_ROWS.map(row) },
    { title: 'Top-1 accuracy on ImageNet-1k', measures: ACCURACY_ROWS.map(row) },
    { title: 'Top-1 accuracy on further test sets', measures: ROBUSTNESS_ROWS.map(row) },
  ];
}

/** Every published figure that a comparison of any variants may show, with what it is. */
export function publishedMeasures(): { citation: Citation; label: string }[] {
  const groups = measuresOf(models.map(({ id }) => id));
  return groups.flatMap(({ measures }) =>
    measures.flatMap(({ name, note, values }) =>
      values.flatMap((value) =>
        value?.citation ? [{ citation: value.citation, label: `${name}: ${note}` }] : [],
      ),
    ),
  );
}

/** What a variant's design does otherwise than another's, in sentences. */
export function designChanges(from: Model, to: Model): string[] {
  const [a, b] = [from.design, to.design];
  const [before, after] = [stagesOf(a), stagesOf(b)];
  const sentences: string[] = [];
  const more = b.depth - a.depth;
  sentences.push(
    more === 0
      ? `As deep: ${b.depth} blocks.`
      : `${Math.abs(more)} ${Math.abs(more) === 1 ? 'block' : 'blocks'} ${more > 0 ? 'more' : 'fewer'}: ${b.depth} instead of ${a.depth}.`,
  );
  const depths = (stages: readonly { depth: number }[]) => stages.map((s) => s.depth).join('–');
  if (depths(before) !== depths(after))
    sentences.push(`Blocks a stage: ${depths(after)} instead of ${depths(before)}.`);
  const ratios = after.map((stage, i) => stage.width / (before[i]?.width ?? stage.width));
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  if (low === 1 && high === 1) sentences.push('Stages of the same widths.');
  else if (low >= 1) sentences.push(`Every stage ${times(low, high)} as wide.`);
  else if (high <= 1) sentences.push(`Every stage narrower: ${times(low, high)} the width.`);
  else sentences.push(`Some stages wider, some narrower: ${times(low, high)} the width.`);
  sentences.push(
    a.groupWidth === b.groupWidth
      ? `The same groups of ${b.groupWidth} channels.`
      : `Groups of ${b.groupWidth} channels instead of ${a.groupWidth}.`,
  );
  sentences.push(
    `The line starts at ${b.w0} instead of ${a.w0} and rises by ${b.wa} instead of ${a.wa} a block; stages grow ${b.wm}-fold instead of ${a.wm}-fold.`,
  );
  return sentences;
}

function times(low: number, high: number): string {
  const [a, b] = [low.toFixed(1), high.toFixed(1)];
  return a === b ? `${a} times` : `${a} to ${b} times`;
}
