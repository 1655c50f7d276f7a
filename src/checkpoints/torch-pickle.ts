import { COST, type Budget } from './budget.ts';
import type { Cursor } from './cursor.ts';
import { CheckpointError } from './errors.ts';
import { unpickle } from './pickle.ts';
import { Placeholder } from './placeholder.ts';
import { Storage, type Dtype } from './tensor.ts';
import {
  findGlobal,
  ForeignStorage,
  StorageType,
  StorageView,
  type ForeignType,
} from './torch-globals.ts';

/** A pointer from a pickle to a storage. */
export interface StorageId {
  readonly type: Dtype | ForeignType;
  readonly key: string;
  /** Elements in the storage. */
  readonly elements: number;
}

/** What a PyTorch file holds, and the names in it that became placeholders. */
export interface Saved {
  readonly saved: unknown;
  readonly globals: ReadonlySet<string>;
}

export interface TorchPickleOptions {
  /** Gives the storage that an id points to; it is asked once for each key. */
  readonly open: (id: StorageId) => Storage | ForeignStorage;
  readonly budget: Budget;
}

/** Runs one of PyTorch's pickles. Throws a CheckpointError. */
export function unpickleTorch(cursor: Cursor, { open, budget }: TorchPickleOptions): Saved {
  const storages = new Map<string, { storage: Storage | ForeignStorage; id: StorageId }>();
  const globals = new Set<string>();
  const storageOf = (id: StorageId): Storage | ForeignStorage => {
    const known = storages.get(id.key);
    if (known?.id.type === id.type) return known.storage;
    if (known) throw new CheckpointError('malformed', `The storage ${id.key} has two types.`);
    budget.chargeFixed(2 * COST.object + COST.view + COST.entry);
    const storage = open(id);
    storages.set(id.key, { storage, id });
    return storage;
  };
  const persistent = (pid: unknown): unknown => {
    const parts: readonly unknown[] = Array.isArray(pid) ? pid : [pid];
    const [kind, type] = parts;
    if (kind === 'storage') return openView(parts, storageOf(parseStorageId(parts)));
    // Whole modules of old versions bring the source of their class; the class is what is meant.
    if (kind === 'module') return type;
    budget.charge(COST.object);
    return new Placeholder('a persistent object', parts);
  };
  const saved = unpickle(cursor, { find: findGlobal, persistent, budget, unknown: globals });
  return { saved, globals };
}

/** torch/serialization.py, `persistent_id`: ('storage', type, key, location, elements[, view]). */
function parseStorageId([, type, key, , elements]: readonly unknown[]): StorageId {
  if (!(type instanceof StorageType) || typeof key !== 'string')
    throw new CheckpointError('malformed', 'The pickle in the file points to no storage.');
  if (typeof elements !== 'number' || !Number.isSafeInteger(elements) || elements < 0)
    throw new CheckpointError('malformed', `The storage ${key} has a length that is no count.`);
  return { type: type.type, key, elements };
}

/** Before 0.4 a storage could be a view of another: (key, offset, length) in elements. */
function openView(
  [, , , , , view]: readonly unknown[],
  storage: Storage | ForeignStorage,
): Storage | ForeignStorage | StorageView {
  if (view === undefined || view === null || storage instanceof ForeignStorage) return storage;
  const offset: unknown = Array.isArray(view) ? view[1] : undefined;
  if (typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0)
    return new StorageView(storage, offset);
  throw new CheckpointError('malformed', 'The pickle in the file describes a storage wrongly.');
}
