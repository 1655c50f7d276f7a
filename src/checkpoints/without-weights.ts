import { CheckpointError } from './errors.ts';
import { formatOfPickle, refusalOf } from './formats.ts';
import { names, type PickleContents } from './format-signs.ts';
import { ForeignTensor, Placeholder } from './placeholder.ts';

/** The sentences for pickles in which no weights were found. */

/** Names that reach the machine. Nothing is run, but who finds one should know. */
const REACHES_OUT =
  /^(os|posix|nt|sys|pty|code|socket|shutil|signal|ctypes|runpy|commands|subprocess|importlib|webbrowser|platform|tempfile|asyncio|multiprocessing|urllib\d?|http|requests|pip|pydoc|timeit|bdb|pdb|_?pickle|torch\.(load|hub)|((__builtin__|builtins)\.(eval|exec|execfile|compile|open|input|getattr|setattr|delattr|globals|vars|apply|breakpoint|__import__)))(\.|$)/;
/** Names that an error message spells out. */
const NAMES_TOLD = 3;
/** Values that are looked at to find a tensor. */
const LOOKED_AT = 10_000;

const SAVE = 'save model.state_dict() with torch.save';

function list(all: readonly string[]): string {
  const more = all.length - NAMES_TOLD;
  return all.slice(0, NAMES_TOLD).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function refusedNames({ globals }: PickleContents): CheckpointError | undefined {
  const asked = [...globals].filter((name) => REACHES_OUT.test(name));
  if (asked.length === 0) return undefined;
  return new CheckpointError(
    'refused',
    `The file asks for ${list(asked)}, which no checkpoint needs; it was refused and nothing was run.`,
  );
}

/** Of a file by PyTorch, or safetensors, in which no tensors were found. */
export function withoutWeights(pickle: PickleContents): CheckpointError {
  const { saved, globals } = pickle;
  const format = formatOfPickle(pickle);
  if (format) return refusalOf(format);
  const refused = refusedNames(pickle);
  if (refused) return refused;
  const kind = foreignKind(saved);
  if (kind !== undefined)
    return new CheckpointError(
      'unsupported',
      `The weights in the file are of another kind (${kind}); ${SAVE} from the network in float32.`,
    );
  if (saved instanceof Placeholder)
    return new CheckpointError(
      'refused',
      `The file holds an object of ${saved.name} in place of weights; load it where its code is, and ${SAVE}.`,
    );
  if (globals.size > 0)
    return new CheckpointError(
      'refused',
      `The file holds no weights that can be read, but objects of ${list([...globals])}; load it where their code is, and ${SAVE}.`,
    );
  return new CheckpointError('no-weights', `The file holds no tensors; ${SAVE}.`);
}

/** Of a pickle that torch.save did not write. */
export function plainPickleError(pickle: PickleContents): CheckpointError {
  const format = formatOfPickle(pickle);
  if (format) return refusalOf(format);
  const refused = refusedNames(pickle);
  if (refused) return refused;
  const of = names(/^torch\./)(pickle) ? ' of PyTorch tensors' : '';
  return new CheckpointError(
    'unrecognised',
    `The file is a plain pickle${of} (pickle.dump), not one of torch.save; load it with pickle.load and save the state_dict() with torch.save.`,
  );
}

/** The kind of the first tensor that is not read, nearest to the top. */
function foreignKind(saved: unknown): string | undefined {
  const queue = [saved];
  for (const value of queue) {
    if (value instanceof ForeignTensor) return value.kind;
    const inside = value instanceof Map ? value.values() : Array.isArray(value) ? value : [];
    for (const next of inside) if (queue.length < LOOKED_AT) queue.push(next);
  }
  return undefined;
}
