import { Cursor } from './cursor.ts';
import { CheckpointError } from './errors.ts';
import { unpickle } from './pickle.ts';
import { ITEM_BYTES, Storage } from './tensor.ts';
import { unpickleTorch } from './torch-pickle.ts';

/** torch/serialization.py, `MAGIC_NUMBER`. */
const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;

/** For the small pickles around the main one: they hold numbers, texts and nothing else. */
const DATA_ONLY = {
  find: () => undefined,
  persistent: () => {
    throw new CheckpointError('malformed', "The file's header points to a storage.");
  },
};

/** Every pickle of protocol 2 and later begins with the opcode PROTO. */
export function looksLikePickle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 0) <= 5;
}

/**
 * PyTorch's container before 1.6: pickles of a magic number, a protocol version, the machine, what
 * was saved, and the storages' keys, then each storage as a 64-bit count and its elements
 * (torch/serialization.py, `_legacy_load`). Returns what was saved; storages are views of `bytes`.
 * Throws a CheckpointError.
 */
export function readTorchLegacy(bytes: Uint8Array): unknown {
  const cursor = new Cursor(bytes);
  if (unpickle(cursor, DATA_ONLY) !== MAGIC_NUMBER)
    throw new CheckpointError(
      'unrecognised',
      'The file is a pickle, but not one of PyTorch; save the checkpoint with torch.save.',
    );
  if (unpickle(cursor, DATA_ONLY) !== PROTOCOL_VERSION)
    throw new CheckpointError('unsupported', 'The file has an unknown version of the old format.');
  const machine = unpickle(cursor, DATA_ONLY);
  if (!(machine instanceof Map) || machine.get('little_endian') !== true)
    throw new CheckpointError(
      'unsupported',
      'The file was written on a big-endian machine; load and save it on a usual one.',
    );
  const storages = new Map<string, { storage: Storage; elements: number }>();
  const saved = unpickleTorch(cursor, ({ dtype, key, elements }) => {
    const storage = new Storage(dtype, new Uint8Array(0));
    storages.set(key, { storage, elements });
    return storage;
  });
  const keys = unpickle(cursor, DATA_ONLY);
  if (!Array.isArray(keys))
    throw new CheckpointError('malformed', 'The file lacks the list of its storages.');
  for (const key of keys) {
    const known = typeof key === 'string' ? storages.get(key) : undefined;
    if (known?.elements !== cursor.u64())
      throw new CheckpointError('malformed', 'The storages of the file are not those it lists.');
    known.storage.bytes = cursor.take(known.elements * ITEM_BYTES[known.storage.dtype]);
  }
  return saved;
}
