/**
 * What is kept on the visitor's device: files of the origin's private file system, which all current
 * browsers have on secure origins. `<id>~<sha256>` holds the bytes; an empty file of that name with
 * `.checked` says that they are all there and have that hash. Without it they are a beginning.
 */
import { EngineError } from '../threads/errors.ts';

/** A file of weights on this device. */
export interface KeptWeights {
  /** The checkpoint's id, such as `regnetx_002.pycls_in1k`. */
  readonly id: string;
  readonly sha256: string;
  /** Bytes that are there. */
  readonly bytes: number;
  /** Whether it is whole and checked; else a download that can go on. */
  readonly whole: boolean;
}

const FOLDER = 'regnetx-weights';
const NAME = /^([\w.-]+)~([0-9a-f]{64})$/;
const CHECKED = '.checked';

/** The name of a file in the store. */
export const nameOf = (id: string, sha256: string): string => `${id}~${sha256}`;

/** The folder of the weights; null where the browser keeps nothing, as in some private windows. */
export async function openFolder(create: boolean): Promise<FileSystemDirectoryHandle | null> {
  const storage = (globalThis.navigator as Partial<Navigator> | undefined)?.storage;
  try {
    const root = await (storage as Partial<StorageManager> | undefined)?.getDirectory?.();
    return (await root?.getDirectoryHandle(FOLDER, { create })) ?? null;
  } catch {
    return null;
  }
}

/** Everything that is kept, by id; empty where nothing is or can be. */
export async function listKept(): Promise<KeptWeights[]> {
  const folder = await openFolder(false);
  if (!folder) return [];
  const names = new Set<string>();
  for await (const name of folder.keys()) names.add(name);
  const kept = await Promise.all(
    [...names].map(async (name): Promise<KeptWeights[]> => {
      const [, id, sha256] = NAME.exec(name) ?? [];
      const file = await fileIn(folder, name);
      if (id === undefined || sha256 === undefined || !file) return [];
      return [{ id, sha256, bytes: file.size, whole: names.has(name + CHECKED) }];
    }),
  );
  return kept.flat().sort((a, b) => a.id.localeCompare(b.id));
}

/**
 * The whole file of a checkpoint as it was checked when it came, with that hash where one is given;
 * null if not kept. What happened to it since then, its hash tells.
 */
export async function openKept(
  id: string,
  sha256?: string,
): Promise<{ readonly blob: File; readonly sha256: string } | null> {
  const kept = (await listKept()).find(
    (k) => k.whole && k.id === id && (sha256 ?? k.sha256) === k.sha256,
  );
  const folder = await openFolder(false);
  const blob = kept && folder && (await fileIn(folder, nameOf(id, kept.sha256)));
  return blob ? { blob, sha256: kept.sha256 } : null;
}

/** Deletes all that is kept of a checkpoint. Throws an EngineError while another tab is using it. */
export async function deleteKept(id: string): Promise<void> {
  const folder = await openFolder(false);
  if (!folder) return;
  const mine = (await listKept()).filter((kept) => kept.id === id);
  try {
    for (const { sha256 } of mine) await remove(folder, nameOf(id, sha256));
  } catch (cause) {
    throw new EngineError(
      'download',
      `${id} is being downloaded, here or in another tab. Stop that first, then delete it.`,
      { cause },
    );
  }
}

/** Marks a file as whole and checked; its bytes must be on the disk by now. */
export async function markChecked(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  await folder.getFileHandle(name + CHECKED, { create: true });
}

/** Removes a file, its mark first: what is half removed is no whole file any more. */
export async function remove(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  for (const entry of [name + CHECKED, name])
    await folder.removeEntry(entry).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
    });
}

/** The file of that name as it is now; null when it is gone or another tab is writing it. */
async function fileIn(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch {
    return null;
  }
}
