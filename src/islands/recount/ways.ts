/**
 * How recounts of a folder were made, so that one click after a reload goes on with them. A browser
 * keeps the folder's handle; reading it wants permission again.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Choice, OwnProtocol } from './choices.ts';

/** All that is to be chosen again. */
export interface KeptWay {
  /** Of the recount, as it is kept. */
  readonly key: string;
  readonly folder: FileSystemDirectoryHandle;
  readonly truth: readonly File[];
  readonly first: Choice;
  readonly second: Choice;
  readonly protocol: string;
  readonly own: OwnProtocol;
  /** Milliseconds since 1970. */
  readonly at: number;
}

interface Ways extends DBSchema {
  ways: { key: string; value: KeptWay };
}

/** As many as recounts are kept. */
const MOST = 6;

/** Does something with the database; where nothing can be kept, the visitor chooses again. */
async function using<T>(otherwise: T, use: (ways: IDBPDatabase<Ways>) => Promise<T>): Promise<T> {
  let database: IDBPDatabase<Ways> | null = null;
  try {
    database = await openDB<Ways>('regnetx-recount-ways', 1, {
      upgrade: (made) => {
        made.createObjectStore('ways', { keyPath: 'key' });
      },
    });
    return await use(database);
  } catch {
    return otherwise;
  } finally {
    database?.close();
  }
}

/** The latest first. */
export function listWays(): Promise<readonly KeptWay[]> {
  return using<readonly KeptWay[]>([], async (database) =>
    (await database.getAll('ways')).sort((a, b) => b.at - a.at),
  );
}

export async function keepWay(way: KeptWay): Promise<void> {
  await using(undefined, async (database) => {
    await database.put('ways', way);
    const all = (await database.getAll('ways')).sort((a, b) => b.at - a.at);
    for (const { key } of all.slice(MOST)) await database.delete('ways', key);
  });
}
