import type { Cursor } from './cursor.ts';
import { CheckpointError } from './errors.ts';
import { Opaque, PickleGlobal, unpickle } from './pickle.ts';
import { Storage, Tensor, type Dtype } from './tensor.ts';

/**
 * What PyTorch's pickles may name: tensors, storages, plain containers, and a few harmless values
 * that training scripts keep beside the weights. Everything else is refused.
 */

/** torch/storage.py, `_dtype_to_storage_type_map`. */
const STORAGE_TYPES: Readonly<Record<string, Dtype>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
};

/** A pointer from a pickle to a storage. */
export interface StorageId {
  readonly dtype: Dtype;
  readonly key: string;
  /** Elements in the storage. */
  readonly elements: number;
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => typeof n === 'number');

/**
 * torch/_utils.py, `_rebuild_tensor_v2(storage, storage_offset, size, stride, …)`. The numbers are
 * checked by `checkTensor` once the storage is there.
 */
function rebuildTensor([storage, offset, shape, strides]: readonly unknown[]): Tensor {
  if (
    storage instanceof Storage &&
    typeof offset === 'number' &&
    isNumbers(shape) &&
    isNumbers(strides)
  )
    return new Tensor(storage, shape, strides, offset);
  throw new CheckpointError('malformed', 'The pickle in the file describes a tensor wrongly.');
}

/** torch/_utils.py, `_rebuild_parameter(data, requires_grad, backward_hooks)`. */
function rebuildParameter([data]: readonly unknown[]): Tensor {
  if (data instanceof Tensor) return data;
  throw new CheckpointError(
    'malformed',
    'The pickle in the file has a parameter without a tensor.',
  );
}

/** A dictionary from nothing or from a list of pairs. */
function toMap([pairs]: readonly unknown[]): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  if (pairs instanceof Map) return new Map(pairs);
  if (Array.isArray(pairs))
    for (const pair of pairs) if (Array.isArray(pair)) map.set(pair[0], pair[1]);
  return map;
}

const toList = ([values]: readonly unknown[]): unknown[] =>
  Array.isArray(values) ? values.slice() : [];

const CALLS: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  'collections.OrderedDict': toMap,
  'collections.Counter': toMap,
  'collections.defaultdict': () => new Map(),
  'torch._utils._rebuild_tensor': rebuildTensor,
  'torch._utils._rebuild_tensor_v2': rebuildTensor,
  'torch._utils._rebuild_parameter': rebuildParameter,
  'torch.nn.parameter.Parameter': rebuildParameter,
  'torch.Size': toList,
  'builtins.set': toList,
  '__builtin__.set': toList,
};

/** Values that are recognised and dropped: options, learning rates and the like. */
const OPAQUE: ReadonlySet<string> = new Set([
  'argparse.Namespace',
  'builtins.dict',
  'builtins.list',
  '__builtin__.dict',
  '__builtin__.list',
  '_codecs.encode',
  'numpy.dtype',
  'numpy.core.multiarray.scalar',
  'numpy._core.multiarray.scalar',
  'torch.device',
  ...['float16', 'bfloat16', 'float32', 'float64', 'int64', 'uint8', 'bool'].map(
    (name) => `torch.${name}`,
  ),
]);

class StorageType extends PickleGlobal {
  readonly dtype: Dtype;
  constructor(name: string, dtype: Dtype) {
    super(name, () => {
      throw new CheckpointError('refused', `The file calls ${name}, which is never called.`);
    });
    this.dtype = dtype;
  }
}

const lookUp = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function find(name: string): PickleGlobal | undefined {
  const call = lookUp(CALLS, name);
  if (call) return new PickleGlobal(name, call);
  if (OPAQUE.has(name)) return new PickleGlobal(name, () => new Opaque(name));
  const dtype = name.startsWith('torch.') ? lookUp(STORAGE_TYPES, name.slice(6)) : undefined;
  return dtype && new StorageType(name, dtype);
}

/** torch/serialization.py, `persistent_id`: ('storage', type, key, location, elements[, view]). */
function parseStorageId(id: unknown): StorageId {
  const parts: readonly unknown[] = Array.isArray(id) ? id : [];
  const [kind, type, key, , elements, view] = parts;
  if (kind !== 'storage' || !(type instanceof StorageType) || typeof key !== 'string')
    throw new CheckpointError('malformed', 'The pickle in the file points to no storage.');
  if (typeof elements !== 'number' || !Number.isSafeInteger(elements) || elements < 0)
    throw new CheckpointError('malformed', `The storage ${key} has a length that is no count.`);
  if (view !== undefined && view !== null)
    throw new CheckpointError(
      'unsupported',
      'The file has storages that are views of others, which PyTorch wrote before 0.4; load and save it again.',
    );
  return { dtype: type.dtype, key, elements };
}

/**
 * Runs one of PyTorch's pickles. `open` gives the storage that an id points to; it is asked once for
 * each key. Throws a CheckpointError.
 */
export function unpickleTorch(cursor: Cursor, open: (id: StorageId) => Storage): unknown {
  const storages = new Map<string, Storage>();
  const persistent = (pid: unknown): Storage => {
    const id = parseStorageId(pid);
    const known = storages.get(id.key);
    if (known?.dtype === id.dtype) return known;
    if (known) throw new CheckpointError('malformed', `The storage ${id.key} has two types.`);
    const storage = open(id);
    storages.set(id.key, storage);
    return storage;
  };
  return unpickle(cursor, { find, persistent });
}
