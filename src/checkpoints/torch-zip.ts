import { Cursor } from './cursor.ts';
import { CheckpointError } from './errors.ts';
import { ITEM_BYTES, Storage } from './tensor.ts';
import { unpickleTorch, type StorageId } from './torch-pickle.ts';
import { readZip, type ZipEntry } from './zip.ts';

/**
 * PyTorch's container since 1.6: a zip with `<root>/data.pkl` and one entry a storage under
 * `<root>/data/` (torch/serialization.py, `_load`). Returns what was saved; storages are views of
 * `bytes`. Throws a CheckpointError.
 */
export function readTorchZip(bytes: Uint8Array): unknown {
  const entries = readZip(bytes);
  const pickle = [...entries.values()].find(({ name }) => /^([^/]+\/)?data\.pkl$/.test(name));
  if (!pickle)
    throw new CheckpointError(
      'unsupported',
      'The archive holds no data.pkl, so it is no PyTorch checkpoint; if it contains one, unpack it first.',
    );
  const root = pickle.name.slice(0, -'data.pkl'.length);
  if (entries.has(`${root}constants.pkl`))
    throw new CheckpointError(
      'unsupported',
      'The file is a TorchScript program, not a checkpoint; save its state_dict() with torch.save.',
    );
  checkByteOrder(entries.get(`${root}byteorder`));
  return unpickleTorch(new Cursor(pickle.open()), (id) =>
    openStorage(entries.get(`${root}data/${id.key}`), id),
  );
}

function checkByteOrder(entry: ZipEntry | undefined): void {
  if (entry && new TextDecoder().decode(entry.open().subarray(0, 8)) !== 'little')
    throw new CheckpointError(
      'unsupported',
      'The file was written on a big-endian machine; load and save it on a usual one.',
    );
}

function openStorage(entry: ZipEntry | undefined, { dtype, key, elements }: StorageId): Storage {
  const bytes = entry?.open();
  if (!bytes) throw new CheckpointError('malformed', `The archive lacks the storage ${key}.`);
  if (bytes.length !== elements * ITEM_BYTES[dtype])
    throw new CheckpointError('malformed', `The storage ${key} has another size than claimed.`);
  return new Storage(dtype, bytes);
}
