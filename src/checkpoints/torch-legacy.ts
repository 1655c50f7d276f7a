import { Budget } from './budget.ts';
import { Cursor } from './cursor.ts';
import { CheckpointError } from './errors.ts';
import { ITEM_BYTES, Storage } from './tensor.ts';
import { ForeignStorage } from './torch-globals.ts';
import { unpickleTorch, type Saved } from './torch-pickle.ts';

/** torch/serialization.py, `MAGIC_NUMBER`. */
const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;

/** How pickles of protocols 0 and 1 begin: with a container, an object, or PyTorch's magic number. */
const OLD_PICKLE = /^(\(*[dl]p\d|\(*[}\]]q.|\(?[ci][\w.]+\n[\w.]+\n|[LI]\d+L?\n\.)/s;
const HEAD_CHARACTERS = 64;

/** Whether the bytes begin as a pickle does, of any protocol. */
export function looksLikePickle(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x80) return (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 0) <= 5;
  return OLD_PICKLE.test(String.fromCharCode(...bytes.subarray(0, HEAD_CHARACTERS)));
}

/** What a file of pickles holds. */
export interface SavedPickle extends Saved {
  /** Whether it is PyTorch's: a plain pickle (`pickle.dump`) has no storages. */
  readonly isTorch: boolean;
}

/**
 * PyTorch's container before 1.6: pickles of a magic number, a protocol version, the machine, what
 * was saved, and the storages' keys, then each storage as a 64-bit count and its elements
 * (torch/serialization.py, `_legacy_load`). Storages are views of `bytes`. Throws a CheckpointError.
 */
export function readTorchLegacy(bytes: Uint8Array): SavedPickle {
  const cursor = new Cursor(bytes);
  const budget = new Budget(bytes.length);
  const header = { open: refuseStorage, budget };
  const first = unpickleTorch(cursor, header);
  if (first.saved !== MAGIC_NUMBER) return { ...first, isTorch: false };
  if (unpickleTorch(cursor, header).saved !== PROTOCOL_VERSION)
    throw new CheckpointError('unsupported', 'The file has an unknown version of the old format.');
  const { saved: machine } = unpickleTorch(cursor, header);
  if (!(machine instanceof Map) || machine.get('little_endian') !== true)
    throw new CheckpointError(
      'unsupported',
      'The file was written on a big-endian machine; load and save it on a usual one.',
    );
  const storages = new Map<string, LegacyStorage>();
  const contents = unpickleTorch(cursor, {
    open: ({ type, key, elements }) => {
      const isForeign = typeof type !== 'string';
      const storage = isForeign
        ? new ForeignStorage(type.kind)
        : new Storage(type, new Uint8Array(0));
      const bytesLength = elements * (isForeign ? type.itemBytes : ITEM_BYTES[type]);
      storages.set(key, { storage, elements, bytes: bytesLength });
      return storage;
    },
    budget,
  });
  fillStorages(cursor, storages, unpickleTorch(cursor, header).saved);
  return { ...contents, isTorch: true };
}

interface LegacyStorage {
  readonly storage: Storage | ForeignStorage;
  readonly elements: number;
  readonly bytes: number;
}

/** The storages' bytes follow the list of their keys, in its order. */
function fillStorages(
  cursor: Cursor,
  storages: ReadonlyMap<string, LegacyStorage>,
  keys: unknown,
): void {
  if (!Array.isArray(keys))
    throw new CheckpointError('malformed', 'The file lacks the list of its storages.');
  for (const key of keys) {
    const known = typeof key === 'string' ? storages.get(key) : undefined;
    if (known?.elements !== cursor.u64())
      throw new CheckpointError('malformed', 'The storages of the file are not those it lists.');
    const bytes = cursor.take(known.bytes);
    if (known.storage instanceof Storage) known.storage.bytes = bytes;
  }
}

function refuseStorage(): never {
  throw new CheckpointError('malformed', "The file's header points to a storage.");
}
