/**
 * Counting: pictures are read and prepared ahead, several at a time, so that the network, which takes
 * them in batches, never waits. Page and command bring the two ends.
 */
import { RecountError, reasonOf } from './errors.ts';
import type { Task } from './plan.ts';
import { topFive } from './top.ts';
import type { Answer, Problem } from './types.ts';

/** A picture as the network wants it. */
export interface Prepared {
  /** Normalised, height x width x 3. */
  readonly pixels: Float32Array;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
}

export interface Machinery {
  /** Decodes, frames and normalises a picture; rejects with a sentence where it cannot. */
  readonly prepare: (picture: Blob) => Promise<Prepared>;
  /**
   * Probabilities, row after row, of a batch of pictures, pixels after pixels. Asked for the next
   * batches before it has answered, as many as `passes` at a time.
   */
  readonly predict: (pixels: Float32Array, batch: number) => Promise<Float32Array>;
  /** Numbers in a row. */
  readonly classes: number;
  /** Pictures that the network takes at a time. */
  readonly batch: number;
  /** Batches that are computed or wait for it at a time. */
  readonly passes: number;
  /** Pictures that are prepared at a time besides those of a batch. */
  readonly ahead: number;
}

/** Told after each batch, in the order of the tasks. */
export type OnCounted = (answers: readonly Answer[], problems: readonly Problem[]) => void;

/** So many pictures in a row that cannot be read are no accident: the disk is gone. */
const MOST_MISSING = 8;

/**
 * Counts the tasks in their order, until all are counted or `signal` is aborted, after which nothing
 * is told any more; what was told before stands, and the rest can be counted later. Rejects with a
 * RecountError when the disk does not give pictures any more (permission may be withdrawn), with
 * whatever `predict` rejects with.
 */
export async function countTasks(
  tasks: readonly Task[],
  machinery: Machinery,
  onCounted: OnCounted,
  signal?: AbortSignal,
): Promise<void> {
  const { batch, passes, ahead } = machinery;
  const queue: Promise<Outcome>[] = [];
  let next = 0;
  const fill = (): void => {
    while (queue.length < batch + ahead && next < tasks.length) {
      const task = tasks[next++];
      if (task) queue.push(outcomeOf(task, machinery.prepare));
    }
  };
  let missing: Missing[] = [];
  const isGone = (): boolean => missing.length >= MOST_MISSING;
  /** Batches on their way, the oldest first. */
  const passing: Promise<Counted>[] = [];
  /** Tells of the oldest until fewer than `most` are on their way; false when no more is to be told. */
  const tellUntilFewer = async (most: number): Promise<boolean> => {
    while (passing.length >= most) {
      const counted = await passing.shift();
      if (!counted || signal?.aborted === true) return false;
      onCounted(counted.answers, counted.problems);
    }
    return true;
  };
  try {
    fill();
    while (queue.length > 0) {
      const ready: Ready[] = [];
      const problems: Problem[] = [];
      while (ready.length < batch && !isGone()) {
        const outcome = await queue.shift();
        if (signal?.aborted === true) return;
        if (!outcome) break;
        // The workers go on while this batch is gathered.
        fill();
        if (outcome.kind === 'missing') {
          missing.push(outcome);
          continue;
        }
        problems.push(...missing.map(({ problem }) => problem));
        missing = [];
        if (outcome.kind === 'ready') ready.push(outcome);
        else problems.push(outcome.problem);
      }
      if (queue.length === 0 && !isGone()) problems.push(...missing.map(({ problem }) => problem));
      const pass = countedOf(ready, problems, machinery);
      // Its turn to be told of may come later than its failure.
      pass.catch(() => undefined);
      passing.push(pass);
      if (!(await tellUntilFewer(isGone() ? 1 : passes))) return;
      if (isGone()) throw diskGone(missing);
    }
    await tellUntilFewer(1);
  } finally {
    await Promise.allSettled(passing);
  }
}

/** What is told after a batch. */
interface Counted {
  readonly answers: readonly Answer[];
  readonly problems: readonly Problem[];
}

interface Ready {
  readonly kind: 'ready';
  readonly task: Task;
  readonly prepared: Prepared;
}

/** The disk did not give it. */
interface Missing {
  readonly kind: 'missing';
  readonly problem: Problem;
  readonly cause: unknown;
}

type Outcome = Ready | Missing | { readonly kind: 'undecodable'; readonly problem: Problem };

/** Never rejects. */
async function outcomeOf(task: Task, prepare: Machinery['prepare']): Promise<Outcome> {
  const { path } = task.picture;
  const problem = (error: unknown): Problem => ({
    kind: 'unreadable',
    path,
    reason: `${reasonOf(error)}.`,
  });
  let blob: Blob;
  try {
    blob = await task.picture.read();
  } catch (cause) {
    // A damaged entry of an archive is the picture's own fault.
    if (cause instanceof RecountError) return { kind: 'undecodable', problem: problem(cause) };
    return { kind: 'missing', problem: problem(cause), cause };
  }
  try {
    return { kind: 'ready', task, prepared: await prepare(blob) };
  } catch (error) {
    if (isFromDisk(error)) return { kind: 'missing', problem: problem(error), cause: error };
    return { kind: 'undecodable', problem: problem(error) };
  }
}

/** Browsers read a Blob when its bytes are wanted, so that the disk may fail as late as that. */
function isFromDisk(error: unknown): boolean {
  return (
    error instanceof Error &&
    ['NotReadableError', 'NotFoundError', 'NotAllowedError', 'SecurityError'].includes(error.name)
  );
}

function diskGone(missing: readonly Missing[]): RecountError {
  const cause = missing[0]?.cause;
  return new RecountError(
    `The pictures cannot be read any more (${reasonOf(cause)}): give permission again, or plug in the disk, and go on. What was counted stays.`,
    { cause },
  );
}

async function countedOf(
  ready: readonly Ready[],
  problems: readonly Problem[],
  { predict, classes, batch }: Machinery,
): Promise<Counted> {
  const [first] = ready;
  if (!first) return { answers: [], problems };
  const { length } = first.prepared.pixels;
  // The last batch is filled up with black, since each size is a program of its own on the device.
  const pixels = new Float32Array(batch * length);
  for (const [i, { prepared }] of ready.entries()) pixels.set(prepared.pixels, i * length);
  const rows = await predict(pixels, batch);
  const answers = ready.map(({ task, prepared }, i) => ({
    path: task.picture.path,
    sha256: prepared.sha256,
    truth: task.truth,
    ...topFive(rows.subarray(i * classes, (i + 1) * classes)),
  }));
  return { answers, problems };
}
