/** One recount: a network, what it is to count, and what it has counted. */
import type { Preprocessing } from '../../checkpoints/description.ts';
import type { BackendName } from '../../engine/backend.ts';
import { EngineError } from '../../threads/errors.ts';
import { turn } from '../../threads/turn.ts';
import { certificateOf, type Certificate } from '../certificate.ts';
import type { TextFile } from '../list.ts';
import { paceMeter, type Pace } from '../pace.ts';
import { planRecount, type Plan } from '../plan.ts';
import { groupProblems, type ProblemGroup } from '../problems.ts';
import { countTasks } from '../run.ts';
import type { Answer, Problem, Source } from '../types.ts';
import { quickestBatch } from './batching.ts';
import { classesOf } from './classes.ts';
import { sha256Of } from './hash.ts';
import { keepAnswers, keptAnswers } from './keep.ts';
import type { NetworkOrder, OpenedNetwork } from './network.ts';
import { startPreparers } from './pool.ts';
import { createTally, type PublishedFigure, type Report } from './report.ts';

export interface RunOrder extends NetworkOrder {
  /** What the protocol is called; null for the weights' own. */
  readonly protocol: string | null;
  readonly published: readonly PublishedFigure[];
  /** Where class lists are: an address that ends in a slash. */
  readonly labels: string;
  readonly siteVersion: string;
}

/** What is known before the first picture is counted. */
export interface RunInfo {
  /** By which it is kept. */
  readonly key: string;
  readonly variant: string | null;
  /** In the order of the network's outputs. */
  readonly classes: readonly string[];
  readonly preprocessing: Preprocessing;
  readonly backend: BackendName;
  /** Sentences on the pictures as a whole. */
  readonly notes: readonly string[];
  /** How many were counted on an earlier occasion. */
  readonly counted: number;
}

export interface RunProgress extends Pace {
  readonly report: Report;
  readonly problems: readonly ProblemGroup[];
  /** Pictures a pass. */
  readonly batch: number;
}

export interface Run {
  readonly info: RunInfo;
  readonly answers: readonly Answer[];
  readonly plan: Plan;
  /** True when all is counted, false when it was paused before. */
  count(tell: (progress: RunProgress) => void): Promise<boolean>;
  pause(): void;
  certificate(predictions: boolean): Certificate;
  close(): Promise<void>;
}

/** Answers are written to the device when there are so many of them. */
const KEEP_EVERY = 64;
/** Pictures that are prepared ahead, for each thread that prepares. */
const AHEAD = 6;

/** What was counted since the page was opened, by key: where nothing can be kept it goes on as well. */
export const remembered = new Map<string, readonly Answer[]>();

/**
 * Finds out what the pictures show and what of them was counted before. Rejects with a RecountError
 * when there is nothing to count; the network is freed then.
 */
export async function createRun(
  opened: OpenedNetwork,
  source: Source,
  texts: readonly TextFile[],
  order: RunOrder,
): Promise<Run> {
  const { network, info } = opened;
  try {
    const { list, notes } = await classesOf(info.labels, info.classes, order.labels);
    const plan = await planRecount(source, list, texts);
    const key = await keyOf(opened, plan);
    const planned = new Set(plan.tasks.map(({ picture }) => picture.path));
    const before = remembered.get(key) ?? (await keptAnswers(key));
    const kept = before.filter(({ path }) => planned.has(path));
    return runOf(
      { opened, source, plan, order, kept },
      {
        key,
        variant: info.variant,
        classes: list.classes.map(({ label }) => label),
        preprocessing: info.preprocessing,
        backend: network.backend,
        notes: [...notes, ...plan.notes],
        counted: kept.length,
      },
    );
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** The same network on the same pictures, in the same way. */
function keyOf({ network, info, sha256 }: OpenedNetwork, { tasks }: Plan): Promise<string> {
  const lines = [
    sha256,
    JSON.stringify(info.preprocessing),
    network.backend,
    ...tasks.map(({ picture: { path, size }, truth }) => `${path} ${size} ${truth}`),
  ];
  return sha256Of(new TextEncoder().encode(lines.join('\n')));
}

/** Rejects with the disk's own error, which no other thread hands on, when it does not give a file. */
async function requireDisk(file: Blob): Promise<void> {
  await file.slice(0, 1).arrayBuffer();
}

interface Made {
  readonly opened: OpenedNetwork;
  readonly source: Source;
  readonly plan: Plan;
  readonly order: RunOrder;
  readonly kept: readonly Answer[];
}

function runOf({ opened, source, plan, order, kept }: Made, info: RunInfo): Run {
  const { network, sha256, largestMap } = opened;
  const { tasks } = plan;
  const answers: Answer[] = [...kept];
  const tally = createTally(order.published, tasks.length);
  for (const answer of answers) tally.add(answer);
  let problems: Problem[] = [...plan.problems];
  let unkept: Answer[] = [];
  let keeping: Promise<void> = Promise.resolve();
  let controller = new AbortController();
  let counting: Promise<unknown> = Promise.resolve();
  let batch = 0;

  const keep = (): Promise<void> => {
    const some = unkept;
    unkept = [];
    const { length: count } = answers;
    const { name: pictures } = source;
    const { name: weights } = order.weights;
    const run = { key: info.key, pictures, weights, total: tasks.length, count, at: Date.now() };
    if (some.length > 0) keeping = keeping.then(() => keepAnswers(run, count - some.length, some));
    return keeping;
  };

  const count = async (
    signal: AbortSignal,
    tell: (progress: RunProgress) => void,
  ): Promise<boolean> => {
    problems = [...plan.problems];
    const counted = new Set(answers.map(({ path }) => path));
    const rest = tasks.filter(({ picture }) => !counted.has(picture.path));
    const pace = paceMeter(rest.length);
    let done = 0;
    const told = (): void => {
      tell({
        report: tally.report(),
        problems: groupProblems(problems),
        batch,
        ...pace(done, performance.now()),
      });
    };
    told();
    if (rest.length === 0) return true;
    const { crop } = info.preprocessing;
    batch ||= await quickestBatch(network, 3 * crop * crop, largestMap);
    const preparers = startPreparers(network.copies);
    /** What ended it beside the pictures: a thread that is gone. */
    const failures: EngineError[] = [];
    const over = new AbortController();
    try {
      await countTasks(
        rest,
        {
          prepare: async (picture) => {
            await requireDisk(picture);
            try {
              return await preparers.prepare(picture, info.preprocessing);
            } catch (error) {
              // It may have gone meanwhile.
              await requireDisk(picture);
              if (error instanceof EngineError && error.code !== 'picture') {
                failures.push(error);
                over.abort();
              }
              throw error;
            }
          },
          predict: async (pixels, size) => {
            const rows = await network.probabilities(pixels, size);
            // Lets messages in, of which one may ask to pause.
            await turn();
            return rows;
          },
          classes: info.classes.length,
          batch,
          passes: network.passes,
          ahead: batch + AHEAD * preparers.count,
        },
        (some, wrong) => {
          answers.push(...some);
          unkept.push(...some);
          problems.push(...wrong);
          for (const answer of some) tally.add(answer);
          done += some.length + wrong.length;
          if (unkept.length >= KEEP_EVERY) void keep();
          told();
        },
        AbortSignal.any([signal, over.signal]),
      );
    } finally {
      preparers.stop();
      await keep();
      told();
    }
    const [failure] = failures;
    if (failure) throw failure;
    return !signal.aborted;
  };

  return {
    info,
    answers,
    plan,
    count: (tell) => {
      controller = new AbortController();
      const mine = count(controller.signal, tell);
      counting = mine.catch(() => undefined);
      return mine;
    },
    pause: () => {
      controller.abort();
    },
    certificate: (predictions) =>
      certificateOf(
        {
          checkpoint: {
            sha256,
            name: order.weights.name,
            variant: info.variant,
            classes: info.classes.length,
          },
          source: source.name,
          total: tasks.length,
          protocol: {
            name: order.protocol,
            antialias: true,
            cropOffset: 'half-even',
            ...info.preprocessing,
          },
          backend: network.backend,
          runtime: navigator.userAgent,
          decoder: 'createImageBitmap',
          answers,
          problems,
          notes: [...info.notes],
          siteVersion: order.siteVersion,
        },
        { predictions },
      ),
    close: async () => {
      controller.abort();
      await counting;
      remembered.set(info.key, answers);
      network.dispose();
    },
  };
}
