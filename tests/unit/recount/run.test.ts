import { describe, expect, test } from 'vitest';
import { numberedClasses } from '../../../src/recount/classes.ts';
import { RecountError } from '../../../src/recount/errors.ts';
import { paceMeter } from '../../../src/recount/pace.ts';
import { planRecount, type Task } from '../../../src/recount/plan.ts';
import { countTasks, type Machinery } from '../../../src/recount/run.ts';
import { topFive } from '../../../src/recount/top.ts';
import type { Answer, Picture, Problem } from '../../../src/recount/types.ts';

const CLASSES = 10;

/** A picture whose bytes say which class a network takes it for. */
const pictureOf = (path: string, taken: number): Picture => ({
  path,
  size: 1,
  read: () => Promise.resolve(new Blob([Uint8Array.of(taken)])),
});

/** Every tenth picture shows another class than the network says. */
const tasksOf = (count: number): Task[] =>
  Array.from({ length: count }, (_, i) => ({
    picture: pictureOf(`${i}.png`, i % CLASSES),
    truth: i % CLASSES === 3 ? 4 : i % CLASSES,
  }));

/** One pixel a picture; what it is worth is the most probable class, the next ones follow. */
function machinery(changes: Partial<Machinery> = {}) {
  const seen = { preparing: 0, most: 0, batches: [] as number[] };
  const made: Machinery = {
    prepare: async (blob) => {
      seen.preparing++;
      seen.most = Math.max(seen.most, seen.preparing);
      const [taken = 0] = new Uint8Array(await blob.arrayBuffer());
      seen.preparing--;
      if (taken === 255) throw new Error('it is damaged.');
      return { pixels: Float32Array.of(taken), sha256: taken.toString(16).padStart(64, '0') };
    },
    predict: (pixels, batch) => {
      seen.batches.push(batch);
      const rows = Array.from(pixels, (taken) =>
        Array.from({ length: CLASSES }, (_, i) => 1 / (1 + ((i - taken + CLASSES) % CLASSES))),
      );
      return Promise.resolve(Float32Array.from(rows.flat()));
    },
    classes: CLASSES,
    batch: 4,
    passes: 1,
    ahead: 3,
    ...changes,
  };
  return { made, seen };
}

/** Collects what is told, and calls back after each batch. */
function collector(after: (answers: readonly Answer[]) => void = () => undefined) {
  const answers: Answer[] = [];
  const problems: Problem[] = [];
  const tell = (more: readonly Answer[], wrong: readonly Problem[]): void => {
    answers.push(...more);
    problems.push(...wrong);
    after(answers);
  };
  return { answers, problems, tell };
}

describe('counting', () => {
  test('answers every picture in order, in batches of one size', async () => {
    const { made, seen } = machinery();
    const { answers, problems, tell } = collector();
    await countTasks(tasksOf(22), made, tell);
    expect(answers.map(({ path }) => path)).toEqual(tasksOf(22).map(({ picture }) => picture.path));
    expect(answers[3]).toMatchObject({ truth: 4, top5: [3, 4, 5, 6, 7] });
    expect(answers[3]?.probabilities.slice(0, 2)).toEqual([1, 0.5]);
    expect(problems).toEqual([]);
    expect(seen.batches).toEqual([4, 4, 4, 4, 4, 4]);
    expect(seen.most).toBeGreaterThan(1);
    expect(seen.most).toBeLessThanOrEqual(7);
  });

  test('tells in order of batches that several copies answer in any order', async () => {
    const { made, seen } = machinery();
    let [computing, most] = [0, 0];
    const predict: Machinery['predict'] = async (pixels, batch) => {
      const nth = seen.batches.length;
      most = Math.max(most, ++computing);
      const rows = await made.predict(pixels, batch);
      // The first of each three is the last to be ready.
      for (let turns = 0; turns < (nth % 3 === 0 ? 50 : 1); turns++)
        await new Promise((resolve) => setImmediate(resolve));
      computing--;
      return rows;
    };
    const alone = collector();
    await countTasks(tasksOf(46), made, alone.tell);
    const several = collector();
    await countTasks(tasksOf(46), { ...made, predict, passes: 3 }, several.tell);
    expect(several.answers).toEqual(alone.answers);
    expect(most).toBe(3);
  });

  test('is over only when no batch is computed any more', async () => {
    const stop = new AbortController();
    const { made } = machinery();
    let computing = 0;
    const predict: Machinery['predict'] = async (pixels, batch) => {
      computing++;
      await new Promise((resolve) => setImmediate(resolve));
      const rows = await made.predict(pixels, batch);
      computing--;
      return rows;
    };
    const { answers, tell } = collector(() => {
      stop.abort();
    });
    await countTasks(tasksOf(40), { ...made, predict, passes: 3 }, tell, stop.signal);
    expect(answers).toHaveLength(4);
    expect(computing).toBe(0);
  });

  test('tells what came before the batch at which a copy failed', async () => {
    const { made, seen } = machinery();
    const predict: Machinery['predict'] = (pixels, batch) =>
      seen.batches.length === 2
        ? Promise.reject(new Error('A thread is gone.'))
        : made.predict(pixels, batch);
    const { answers, tell } = collector();
    await expect(countTasks(tasksOf(40), { ...made, predict, passes: 3 }, tell)).rejects.toThrow(
      'A thread is gone.',
    );
    expect(answers).toHaveLength(8);
  });

  test('stops when it is told to, and goes on later with the rest', async () => {
    const stop = new AbortController();
    const { made } = machinery();
    const first = collector((answers) => {
      if (answers.length >= 8) stop.abort();
    });
    const tasks = tasksOf(22);
    await countTasks(tasks, made, first.tell, stop.signal);
    expect(first.answers).toHaveLength(8);
    const done = new Set(first.answers.map(({ path }) => path));
    const rest = tasks.filter(({ picture }) => !done.has(picture.path));
    const second = collector();
    await countTasks(rest, made, second.tell);
    const whole = collector();
    await countTasks(tasks, made, whole.tell);
    expect([...first.answers, ...second.answers]).toEqual(whole.answers);
  });

  test('lists what cannot be decoded or is gone, and goes on', async () => {
    const { made } = machinery();
    const { answers, problems, tell } = collector();
    const tasks = tasksOf(12);
    tasks[2] = { picture: pictureOf('bad.png', 255), truth: 0 };
    tasks[7] = { picture: missingPicture('gone.png', 'NotFoundError'), truth: 0 };
    tasks[11] = { picture: missingPicture('last.png', 'NotFoundError'), truth: 0 };
    await countTasks(tasks, made, tell);
    expect(answers).toHaveLength(9);
    expect(problems).toEqual([
      { kind: 'unreadable', path: 'bad.png', reason: 'it is damaged.' },
      { kind: 'unreadable', path: 'gone.png', reason: 'The disk said NotFoundError.' },
      { kind: 'unreadable', path: 'last.png', reason: 'The disk said NotFoundError.' },
    ]);
  });

  test('ends with a sentence when permission is withdrawn; what was counted stays', async () => {
    const { made } = machinery();
    const { answers, problems, tell } = collector();
    const tasks = tasksOf(40).map((task, i) =>
      i < 14 ? task : { ...task, picture: missingPicture(`${i}.png`, 'NotReadableError') },
    );
    await expect(countTasks(tasks, made, tell)).rejects.toThrow(
      /^The pictures cannot be read any more \(The disk said NotReadableError\)/,
    );
    expect(answers).toHaveLength(14);
    expect(problems).toEqual([]);
  });

  test('passes on what the network says of itself', async () => {
    const { made } = machinery({ predict: () => Promise.reject(new Error('The GPU is gone.')) });
    await expect(countTasks(tasksOf(4), made, () => undefined)).rejects.toThrow('The GPU is gone.');
  });
});

function missingPicture(path: string, name: string): Picture {
  return {
    path,
    size: 1,
    read: () => Promise.reject(Object.assign(new Error(`The disk said ${name}.`), { name })),
  };
}

describe('the first five', () => {
  test('fall, the lower index first among equals', () => {
    const { top5, probabilities } = topFive(Float32Array.of(0.1, 0.3, 0.1, 0.05, 0.3, 0.1, 0.05));
    expect(top5).toEqual([1, 4, 0, 2, 5]);
    expect(probabilities[0]).toBeCloseTo(0.3);
  });

  test('are fewer where there are fewer, and none of what is no number', () => {
    expect(topFive(Float32Array.of(0.4, 0.6)).top5).toEqual([1, 0]);
    expect(() => topFive(Float32Array.of(0.4, NaN))).toThrow(RecountError);
  });
});

describe('a plan', () => {
  const list = async function* (pictures: readonly Picture[], error?: Error) {
    for (const picture of pictures) yield await Promise.resolve(picture);
    if (error) throw error;
  };
  const pictures = Array.from({ length: 50 }, (_, i) => pictureOf(`${i % CLASSES}/${i}.png`, 0));
  const planOf = (given: readonly Picture[], error?: Error) =>
    planRecount({ name: 'mine', list: () => list(given, error) }, numberedClasses(CLASSES));

  test('does not depend on the order in which the disk lists', async () => {
    const [one, other] = [await planOf(pictures), await planOf(pictures.toReversed())];
    expect(one.tasks).toEqual(other.tasks);
    expect(one.tasks.map(({ picture }) => picture.path)).not.toEqual(
      pictures.map(({ path }) => path).toSorted(),
    );
  });

  test('counts an archive that breaks off up to there, and says so', async () => {
    const broken = new RecountError('The archive mine ends in the middle of a file.');
    const { tasks, notes } = await planOf(pictures, broken);
    expect(tasks).toHaveLength(50);
    expect(notes).toEqual(['The archive mine ends in the middle of a file.']);
    await expect(planOf([], broken)).rejects.toThrow(broken);
  });

  test('reads the lists among the files', async () => {
    const text = new Blob(['a.png,3']);
    const truth = { path: 'truth.csv', size: text.size, read: () => Promise.resolve(text) };
    const { tasks, problems } = await planOf([pictureOf('a.png', 0), truth]);
    expect(tasks.map(({ truth }) => truth)).toEqual([3]);
    expect(problems).toEqual([]);
  });
});

test('the pace is that of the last seconds', () => {
  const pace = paceMeter(1000);
  expect(pace(0, 0)).toEqual({ perSecond: null, secondsLeft: null });
  expect(pace(100, 10_000)).toEqual({ perSecond: 10, secondsLeft: 90 });
  pace(200, 30_000);
  // The first ten seconds are forgotten: 500 in 30 seconds.
  expect(pace(600, 40_000).perSecond).toBeCloseTo(500 / 30);
});
