import { Budget } from './budget.ts';
import { Cursor } from './cursor.ts';
import { CheckpointError } from './errors.ts';
import { formatOfArchive, refusalOf } from './formats.ts';
import { ITEM_BYTES, Storage } from './tensor.ts';
import { ForeignStorage } from './torch-globals.ts';
import { unpickleTorch, type Saved, type StorageId } from './torch-pickle.ts';
import { readZip, type ZipEntry } from './zip.ts';

const PICKLE = /^([^/]+\/)?data\.pkl$/;
const CHECKPOINT = /\.(pth|pyth|pt|ckpt|bin|safetensors|pkl|tar|gz)$/i;

/**
 * PyTorch's container since 1.6: a zip with `<root>/data.pkl` and one entry a storage under
 * `<root>/data/` (torch/serialization.py, `_load`). Storages are views of `bytes`. Throws a
 * CheckpointError.
 */
export function readTorchZip(bytes: Uint8Array): Saved {
  const entries = readZip(bytes);
  const format = formatOfArchive([...entries.keys()]);
  if (format) throw refusalOf(format);
  const pickle = [...entries.values()].find(({ name }) => PICKLE.test(name));
  if (!pickle) throw noPickle([...entries.keys()]);
  const root = pickle.name.slice(0, -'data.pkl'.length);
  checkByteOrder(entries.get(`${root}byteorder`));
  return unpickleTorch(new Cursor(pickle.open()), {
    open: (id) => openStorage(entries.get(`${root}data/${id.key}`), id),
    budget: new Budget(bytes.length),
  });
}

/** An archive by another program, perhaps with a checkpoint in it. */
function noPickle(names: readonly string[]): CheckpointError {
  const files = names.filter((name) => !name.startsWith('__MACOSX/'));
  const inside = files.find((name) => CHECKPOINT.test(name) || /(^|\/)data\.pkl$/.test(name));
  return new CheckpointError(
    'unsupported',
    inside === undefined
      ? 'The file is a zip archive without a checkpoint in it (no data.pkl); bring the file that torch.save wrote.'
      : `The file is a zip archive that holds ${inside}; unpack it first and bring what is in it.`,
  );
}

function checkByteOrder(entry: ZipEntry | undefined): void {
  if (entry && new TextDecoder().decode(entry.open().subarray(0, 8)) !== 'little')
    throw new CheckpointError(
      'unsupported',
      'The file was written on a big-endian machine; load and save it on a usual one.',
    );
}

function openStorage(
  entry: ZipEntry | undefined,
  { type, key, elements }: StorageId,
): Storage | ForeignStorage {
  if (typeof type !== 'string') return new ForeignStorage(type.kind);
  const bytes = entry?.open();
  if (!bytes) throw new CheckpointError('malformed', `The archive lacks the storage ${key}.`);
  if (bytes.length !== elements * ITEM_BYTES[type])
    throw new CheckpointError('malformed', `The storage ${key} has another size than claimed.`);
  return new Storage(type, bytes);
}
