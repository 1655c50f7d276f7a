import { CheckpointError } from './errors.ts';
import { ForeignTensor, Placeholder } from './placeholder.ts';
import { Tensor } from './tensor.ts';

/**
 * A network that was saved as an object (`torch.save(model)`): its class is a placeholder, but its
 * attributes hold parameters, buffers and the modules within (torch/nn/modules/module.py).
 */

/** Modules and names that are read; one module may stand in several places. */
const MAX_MODULES = 65_536;
const MAX_TENSORS = 16_384;
const MAX_DEPTH = 64;
const MAX_CHARACTERS = 8 * 2 ** 20;

const tooLarge = (): CheckpointError =>
  new CheckpointError('limit', 'The network in the file has more modules than any RegNetX has.');

/**
 * What `state_dict()` of the module would give, in its order; undefined for what is no module. Throws
 * a CheckpointError (`limit`) for modules that hold themselves.
 */
export function stateDictOfModule(
  module: Placeholder,
): Map<string, Tensor | ForeignTensor> | undefined {
  if (!attributesOf(module)) return undefined;
  const found = new Map<string, Tensor | ForeignTensor>();
  const open = [{ value: module as unknown, prefix: '', depth: 0 }];
  let modules = 0;
  let characters = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { prefix, depth } = next;
    const attributes = attributesOf(next.value);
    if (!attributes) continue;
    if (++modules > MAX_MODULES || depth > MAX_DEPTH) throw tooLarge();
    for (const [name, tensor] of tensorsOf(attributes)) {
      characters += prefix.length + name.length;
      if (found.size >= MAX_TENSORS || characters > MAX_CHARACTERS) throw tooLarge();
      found.set(prefix + name, tensor);
    }
    // The first module is read first: the last on the stack.
    for (const [name, value] of [...entriesOf(attributes.get('_modules'))].reverse()) {
      characters += prefix.length + name.length + 1;
      if (characters > MAX_CHARACTERS || open.length > MAX_MODULES) throw tooLarge();
      open.push({ value, prefix: `${prefix}${name}.`, depth: depth + 1 });
    }
  }
  return found;
}

/** A module's attributes; undefined for anything else. */
function attributesOf(value: unknown): ReadonlyMap<unknown, unknown> | undefined {
  if (!(value instanceof Placeholder)) return undefined;
  // torch.fx pickles a GraphModule as a call with its attributes.
  const candidates = [value.state, value.args[0]];
  return candidates.find(
    (state) =>
      state instanceof Map && state.get('_modules') instanceof Map && state.has('_parameters'),
  ) as ReadonlyMap<unknown, unknown> | undefined;
}

function* tensorsOf(
  attributes: ReadonlyMap<unknown, unknown>,
): Generator<[string, Tensor | ForeignTensor]> {
  const dropped = attributes.get('_non_persistent_buffers_set');
  const skipped = new Set(Array.isArray(dropped) ? dropped : []);
  yield* tensorEntries(attributes.get('_parameters'));
  for (const [name, tensor] of tensorEntries(attributes.get('_buffers')))
    if (!skipped.has(name)) yield [name, tensor];
}

function* tensorEntries(value: unknown): Generator<[string, Tensor | ForeignTensor]> {
  for (const [name, tensor] of entriesOf(value))
    if (tensor instanceof Tensor || tensor instanceof ForeignTensor) yield [name, tensor];
}

function* entriesOf(value: unknown): Generator<[string, unknown]> {
  const entries =
    value instanceof Map ? value : value instanceof Placeholder ? value.entries : undefined;
  for (const [name, entry] of entries ?? []) if (typeof name === 'string') yield [name, entry];
}
