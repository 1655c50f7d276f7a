import { availableParallelism } from 'node:os';
import path from 'node:path';
import {
  certificateOf,
  compareCertificates,
  parseCertificate,
  type Certificate,
} from '../recount/certificate.ts';
import { RecountError } from '../recount/errors.ts';
import { paceMeter } from '../recount/pace.ts';
import { planRecount } from '../recount/plan.ts';
import { countTasks } from '../recount/run.ts';
import { countsOf } from '../recount/statistics.ts';
import type { Answer, Problem } from '../recount/types.ts';
import { picturesIn } from '../recount/words.ts';
import { onePositional, parseOptions, UsageError } from './arguments.ts';
import { CHANNEL_ORDER_OPTION, channelOrderOf } from './checkpoint-file.ts';
import { DECODER } from './decode-picture.ts';
import { barOf, progressBar } from './progress-bar.ts';
import { readBytes } from './read-file.ts';
import { openNetwork } from './recount/network.ts';
import { verdictOf } from './recount/published.ts';
import { openSource } from './recount/source.ts';
import { comparisonLines, resultLines } from './recount/tell.ts';
import { startThreads } from './recount/threads.ts';
import { siteVersion } from './recount/version.ts';
import { windUpWhenStopped } from './stopping.ts';
import { complain, printJson, printLines } from './terminal.ts';

/** What took least processor time a picture in WebAssembly (200MF at 224 px): 9.0 ms, 9.7 alone, 9.8 in eights. */
const DEFAULT_BATCH = '4';

/** `regnetx recount`: a checkpoint's accuracy on pictures, or two certificates compared. */
export async function recount(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, {
    ...CHANNEL_ORDER_OPTION,
    weights: { type: 'string' },
    truth: { type: 'string', multiple: true, default: [] },
    protocol: { type: 'string' },
    batch: { type: 'string', default: DEFAULT_BATCH },
    threads: { type: 'string', default: String(availableParallelism()) },
    predictions: { type: 'boolean', default: true },
    compare: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (values.compare) return compare(positionals, values.json);
  const name = onePositional(positionals, 'a folder or an archive of pictures');
  if (values.weights === undefined)
    throw new UsageError('Name the checkpoint with --weights FILE.');
  const [batch, threads] = [
    wholeNumber('--batch', values.batch),
    wholeNumber('--threads', values.threads),
  ];

  const source = await openSource(name);
  const lists = await Promise.all(values.truth.map(readList));
  const network = await openNetwork(values.weights, {
    channelOrder: channelOrderOf(values),
    protocol: values.protocol,
    threads,
  });
  const preparing = startThreads(threads, network.preprocessing);
  try {
    const plan = await planRecount(source, network.classes, lists);
    const answers: Answer[] = [];
    const problems: Problem[] = [...plan.problems];
    const ending = await untilDoneOrStopped(plan.tasks.length, answers, (onCounted, signal) =>
      countTasks(
        plan.tasks,
        {
          prepare: preparing.prepare,
          predict: network.team.probabilities,
          classes: network.checkpoint.classes,
          batch,
          passes: network.team.passes,
          ahead: batch + 2 * threads,
        },
        (more, wrong) => {
          answers.push(...more);
          problems.push(...wrong);
          onCounted();
        },
        signal,
      ),
    );
    if (answers.length === 0 && ending !== null) throw new RecountError(ending);
    const certificate = certificateOf(
      {
        checkpoint: network.checkpoint,
        source: path.basename(name),
        total: plan.tasks.length,
        protocol: {
          name: values.protocol ?? null,
          antialias: true,
          cropOffset: 'half-even',
          ...network.preprocessing,
        },
        backend: 'wasm',
        runtime: `Node ${process.versions.node}`,
        decoder: DECODER,
        answers,
        problems,
        notes: [...network.notes, ...plan.notes],
        siteVersion: await siteVersion(),
      },
      { predictions: values.predictions },
    );
    if (values.json) printJson(certificate);
    else printLines(resultLines(certificate, verdictOf(await network.published(), plan, answers)));
    if (ending === null) return;
    complain(ending);
    process.exitCode = 1;
  } finally {
    network.team.dispose();
    await preparing.stop();
  }
}

function wholeNumber(option: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 256) return number;
  throw new UsageError(`${option} must be a whole number from 1 to 256, not ${value}.`);
}

async function readList(file: string) {
  return { path: file, text: new TextDecoder().decode(await readBytes(file)) };
}

/**
 * Runs a count with a bar on a terminal. Null when all is counted, else the sentence on why not: it
 * was stopped, or the disk is gone.
 */
async function untilDoneOrStopped(
  total: number,
  answers: readonly Answer[],
  count: (onCounted: () => void, signal: AbortSignal) => Promise<void>,
): Promise<string | null> {
  const bar = progressBar(process.stderr, (line: string) => line);
  const stop = new AbortController();
  const finished = windUpWhenStopped(() => {
    stop.abort();
  });
  const pace = paceMeter(total);
  let counts = { count: 0, top1: 0 };
  pace(0, performance.now());
  const show = (): void => {
    const { count, top1 } = countsOf(answers.slice(counts.count));
    counts = { count: counts.count + count, top1: counts.top1 + top1 };
    const { perSecond, secondsLeft } = pace(counts.count, performance.now());
    const speed =
      perSecond === null || secondsLeft === null
        ? ''
        : `, ${perSecond.toFixed(1)} pictures/s, ${Math.ceil(secondsLeft)} s left`;
    const share = ((100 * counts.top1) / counts.count).toFixed(2);
    bar.show(`${barOf(counts.count, total)}  ${counts.count} of ${total}, top-1 ${share}%${speed}`);
  };
  try {
    await count(show, stop.signal);
    return stop.signal.aborted
      ? `Stopped after ${answers.length} of ${picturesIn(total)}; what was counted is told.`
      : null;
  } catch (error) {
    if (error instanceof RecountError) return error.message;
    throw error;
  } finally {
    finished();
    bar.end();
  }
}

async function compare(files: readonly string[], json: boolean | undefined): Promise<void> {
  const [first, second, ...rest] = files;
  if (first === undefined || second === undefined || rest.length > 0)
    throw new UsageError('Name two certificates: recount --compare A.json B.json.');
  const [a, b] = [await readCertificate(first), await readCertificate(second)];
  const comparison = compareCertificates(a, b);
  if (!json) {
    printLines(comparisonLines(comparison));
    return;
  }
  const { disagreements, ...numbers } = comparison;
  printJson({
    ...numbers,
    disagreements: disagreements.map(([one, other]) => ({
      path: one.path,
      sha256: one.sha256,
      truth: one.truth,
      first: one.top5[0],
      second: other.top5[0],
    })),
  });
}

async function readCertificate(file: string): Promise<Certificate> {
  return parseCertificate(new TextDecoder().decode(await readBytes(file)), file);
}
