/** What was counted stays on the device, so that a recount goes on after a reload. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Answer } from '../types.ts';

/** A recount that was begun here. */
export interface KeptRun {
  /** What it counts, and how: the same again goes on where this one stopped. */
  readonly key: string;
  readonly pictures: string;
  readonly weights: string;
  readonly total: number;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

interface Kept extends DBSchema {
  runs: { key: string; value: KeptRun };
  answers: { key: [run: string, from: number]; value: { answers: readonly Answer[] } };
}

const NAME = 'regnetx-recount';
/** So many recounts are kept; older ones make room. */
const MOST_RUNS = 6;

/** The database; null where the browser keeps nothing, as in some private windows. */
async function open(): Promise<IDBPDatabase<Kept> | null> {
  try {
    return await openDB<Kept>(NAME, 1, {
      upgrade: (database) => {
        database.createObjectStore('runs', { keyPath: 'key' });
        database.createObjectStore('answers');
      },
    });
  } catch {
    return null;
  }
}

/** Does something with the database; what it fails at is not kept, which is no reason to stop. */
async function using<T>(
  otherwise: T,
  use: (database: IDBPDatabase<Kept>) => Promise<T>,
): Promise<T> {
  const database = await open();
  if (!database) return otherwise;
  try {
    return await use(database);
  } catch {
    return otherwise;
  } finally {
    database.close();
  }
}

const answersOf = (run: string) => IDBKeyRange.bound([run, 0], [run, Infinity]);

/** What was counted of a recount, in its order. */
export function keptAnswers(key: string): Promise<readonly Answer[]> {
  return using<readonly Answer[]>([], async (database) =>
    (await database.getAll('answers', answersOf(key))).flatMap(({ answers }) => answers),
  );
}

/** Adds answers, of which the first is number `from`. */
export async function keepAnswers(
  run: KeptRun,
  from: number,
  answers: readonly Answer[],
): Promise<void> {
  await using(undefined, async (database) => {
    const work = database.transaction(['runs', 'answers'], 'readwrite');
    await Promise.all([
      work.objectStore('runs').put(run),
      work.objectStore('answers').put({ answers }, [run.key, from]),
      work.done,
    ]);
    await makeRoom(database);
  });
}

async function makeRoom(database: IDBPDatabase<Kept>): Promise<void> {
  const runs = (await database.getAll('runs')).sort((a, b) => b.at - a.at);
  for (const { key } of runs.slice(MOST_RUNS)) await remove(database, key);
}

async function remove(database: IDBPDatabase<Kept>, key: string): Promise<void> {
  const work = database.transaction(['runs', 'answers'], 'readwrite');
  await Promise.all([
    work.objectStore('runs').delete(key),
    work.objectStore('answers').delete(answersOf(key)),
    work.done,
  ]);
}

/** All recounts that are kept, the latest first. */
export function listRuns(): Promise<readonly KeptRun[]> {
  return using<readonly KeptRun[]>([], async (database) =>
    (await database.getAll('runs')).sort((a, b) => b.at - a.at),
  );
}

/** Forgets one recount. */
export async function forgetRun(key: string): Promise<void> {
  await using(undefined, (database) => remove(database, key));
}
