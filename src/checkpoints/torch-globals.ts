import { CheckpointError } from './errors.ts';
import { isList, PickleGlobal } from './pickle-machine.ts';
import { ForeignTensor, Placeholder } from './placeholder.ts';
import { Storage, Tensor, type Dtype } from './tensor.ts';

/**
 * The allow-list: what PyTorch's pickles name and the reader understands. All of it builds plain data
 * or tensors; every other name becomes a placeholder.
 */

/** Storages, by the name of their class in torch/storage.py, and what they hold. */
const STORAGE_TYPES: Readonly<Record<string, Dtype | ForeignType>> = {
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
  ComplexFloatStorage: { kind: 'a complex tensor', itemBytes: 8 },
  ComplexDoubleStorage: { kind: 'a complex tensor', itemBytes: 16 },
  QInt8Storage: { kind: 'a quantised tensor', itemBytes: 1 },
  QUInt8Storage: { kind: 'a quantised tensor', itemBytes: 1 },
  QInt32Storage: { kind: 'a quantised tensor', itemBytes: 4 },
  QUInt4x2Storage: { kind: 'a quantised tensor', itemBytes: 1 },
  QUInt2x4Storage: { kind: 'a quantised tensor', itemBytes: 1 },
  // Since 2.0, for types without a storage class of their own; counted in bytes.
  UntypedStorage: { kind: 'a tensor of a type that is not read', itemBytes: 1 },
};

/** Elements that are no numbers to this reader. */
export interface ForeignType {
  readonly kind: string;
  readonly itemBytes: number;
}

/** A storage of elements that are not read; only its size matters. */
export class ForeignStorage {
  readonly kind: string;
  constructor(kind: string) {
    this.kind = kind;
  }
}

/** A part of another storage, as PyTorch wrote it before 0.4. */
export class StorageView {
  readonly storage: Storage;
  /** In elements. */
  readonly offset: number;
  constructor(storage: Storage, offset: number) {
    this.storage = storage;
    this.offset = offset;
  }
}

/** A class of storages: named in persistent ids, never called. */
export class StorageType extends PickleGlobal {
  readonly type: Dtype | ForeignType;
  constructor(name: string, type: Dtype | ForeignType) {
    super(name, () => new Placeholder(name));
    this.type = type;
  }
}

/** More than PyTorch allows: a shape is not walked through before its length is known. */
const MAX_AXES = 64;

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= MAX_AXES && value.every((n) => typeof n === 'number');

const wrong = (what: string): CheckpointError =>
  new CheckpointError('malformed', `The pickle in the file describes ${what} wrongly.`);

const nameOf = (cls: unknown): string =>
  cls instanceof Placeholder || cls instanceof PickleGlobal ? cls.name : 'an unknown class';

type Call = (args: readonly unknown[]) => unknown;

/**
 * torch/_utils.py, `_rebuild_tensor_v2(storage, storage_offset, size, stride, …)`. The numbers are
 * checked by `checkTensor` once the storage is there.
 */
const rebuildTensor: Call = ([storage, offset, shape, strides]) => {
  if (storage instanceof ForeignStorage) return new ForeignTensor(storage.kind);
  if (storage instanceof Placeholder)
    return new ForeignTensor(`a tensor whose values come from ${storage.name}`);
  if (typeof offset !== 'number' || !isNumbers(shape) || !isNumbers(strides))
    throw wrong('a tensor');
  if (storage instanceof StorageView)
    return new Tensor(storage.storage, shape, strides, offset + storage.offset);
  if (storage instanceof Storage) return new Tensor(storage, shape, strides, offset);
  throw wrong('a tensor');
};

/** `_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype, …)`. */
const rebuildUntyped: Call = ([, , , , , , dtype]) =>
  new ForeignTensor(
    dtype instanceof Placeholder
      ? `a tensor of type ${dtype.name.replace(/^torch\./, '')}`
      : 'a tensor of a type that is not read',
  );

/** What is a tensor if its first argument is one: a parameter, a copy from another device. */
const firstTensor: Call = ([data]) => {
  if (data instanceof Tensor || data instanceof ForeignTensor) return data;
  if (data instanceof Placeholder) return new ForeignTensor(`an object of ${data.name}`);
  if (data === undefined || data === null) return new ForeignTensor('a parameter without values');
  throw wrong('a parameter');
};

const foreign =
  (kind: string): Call =>
  () =>
    new ForeignTensor(kind);

/**
 * torch/_tensor.py, `_rebuild_from_type_v2(func, type, args, state)`: a tensor that `func` makes, seen
 * as a subclass. Only functions of the list below are asked, never this one again.
 */
const rebuildFromType: Call = ([rebuild, type, args]) => {
  const made = rebuild instanceof PickleGlobal ? lookUp(TENSORS, rebuild.name) : undefined;
  if (made && isList(args)) return made(args);
  return new ForeignTensor(`a tensor of the class ${nameOf(type)}`);
};

/** A dictionary from nothing, from another, or from a list of pairs. */
const toMap: Call = ([pairs]) => {
  if (pairs instanceof Map) return new Map(pairs);
  const map = new Map<unknown, unknown>();
  if (isList(pairs)) for (const pair of pairs) if (isList(pair)) map.set(pair[0], pair[1]);
  return map;
};

const toList: Call = ([values]) => (isList(values) ? values.slice() : []);

/** Functions of torch/_utils.py and others that make a tensor. */
const TENSORS: Readonly<Record<string, Call>> = {
  'torch._utils._rebuild_tensor': rebuildTensor,
  'torch._utils._rebuild_tensor_v2': rebuildTensor,
  'torch._utils._rebuild_tensor_v3': rebuildUntyped,
  'torch._utils._rebuild_parameter': firstTensor,
  'torch._utils._rebuild_parameter_with_state': firstTensor,
  'torch.nn.parameter.Parameter': firstTensor,
  'torch.nn.parameter.Buffer': firstTensor,
  'torch.autograd.variable.Variable': firstTensor,
  'torch._utils._rebuild_device_tensor_from_cpu_tensor': firstTensor,
  'torch._utils._rebuild_device_tensor_from_numpy': firstTensor,
  'torch._utils._rebuild_xla_tensor': firstTensor,
  'torch._utils._rebuild_qtensor': foreign('a quantised tensor'),
  'torch._utils._rebuild_sparse_tensor': foreign('a sparse tensor'),
  'torch._utils._rebuild_sparse_csr_tensor': foreign('a sparse tensor'),
  'torch._utils._rebuild_meta_tensor_no_storage': foreign('a meta tensor, which has no values'),
  'torch._utils._rebuild_nested_tensor': foreign('a nested tensor'),
  'torch._utils._rebuild_wrapper_subclass': ([cls]) =>
    new ForeignTensor(`a tensor of the class ${nameOf(cls)}`),
  'numpy.core.multiarray._reconstruct': foreign('a numpy array'),
  'numpy._core.multiarray._reconstruct': foreign('a numpy array'),
  'numpy.core.numeric._frombuffer': foreign('a numpy array'),
  'numpy._core.numeric._frombuffer': foreign('a numpy array'),
};

/** Plain containers of Python, under the names of Python 2 and 3. */
const CONTAINERS: Readonly<Record<string, Call>> = {
  'collections.OrderedDict': toMap,
  'ordereddict.OrderedDict': toMap,
  'collections.Counter': toMap,
  'collections.defaultdict': () => new Map(),
  'torch.Size': toList,
  'builtins.dict': toMap,
  'builtins.list': toList,
  'builtins.tuple': toList,
  'builtins.set': toList,
  'builtins.frozenset': toList,
  '__builtin__.dict': toMap,
  '__builtin__.list': toList,
  '__builtin__.tuple': toList,
  '__builtin__.set': toList,
  '__builtin__.frozenset': toList,
};

/** Python's Lib/copyreg.py, `_reconstructor(cls, base, state)`: an object in protocols 0 and 1. */
const reconstruct: Call = ([cls, , state]) => {
  const made = new Placeholder(nameOf(cls));
  if (state instanceof Map) for (const [key, value] of state) made.set(key, value);
  if (isList(state)) for (const value of state) made.append(value);
  return made;
};

const newObject: Call = ([cls, ...args]) => new Placeholder(nameOf(cls), args);

const OBJECTS: Readonly<Record<string, Call>> = {
  'copyreg._reconstructor': reconstruct,
  'copy_reg._reconstructor': reconstruct,
  'copyreg.__newobj__': newObject,
  'copy_reg.__newobj__': newObject,
};

const TYPED = {
  'torch._tensor._rebuild_from_type_v2': rebuildFromType,
  'torch._tensor._rebuild_from_type': rebuildFromType,
  'torch.tensor._rebuild_from_type': rebuildFromType,
};

const CALLS: Readonly<Record<string, Call>> = {
  ...TENSORS,
  ...TYPED,
  ...CONTAINERS,
  ...OBJECTS,
};

function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** What a name stands for, if it is on the list. */
export function findGlobal(name: string): PickleGlobal | undefined {
  const call = lookUp(CALLS, name);
  if (call) return new PickleGlobal(name, call);
  const storage = /^torch\.(?:cuda\.|storage\.)?(\w+)$/.exec(name)?.[1];
  const type = storage === undefined ? undefined : lookUp(STORAGE_TYPES, storage);
  return type && new StorageType(name, type);
}
