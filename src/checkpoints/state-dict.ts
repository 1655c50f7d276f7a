import { CheckpointError } from './errors.ts';
import { Tensor } from './tensor.ts';

/**
 * Keys under which training scripts keep the weights, the preferred first. Averaged weights come
 * before plain ones, as in timm's `load_state_dict`; torchvision publishes its averages, too.
 */
const WRAPPERS = [
  'state_dict_ema', // timm
  'model_ema', // torchvision's references
  'ema_state_dict', // MMPretrain
  'model_state', // pycls; see `prefersAverage`
  'ema_state',
  'state_dict',
  'model_state_dict',
  'model',
];

/** DataParallel, torch.compile and Lightning put these before every name. */
const PREFIXES = ['module.', '_orig_mod.', 'model.'];

/** Wrappers within wrappers; two are seen in practice. */
const MAX_DEPTH = 4;

/** The weights in what was saved. */
export interface StateDict {
  readonly wrapper: readonly string[];
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** Finds the weights in what a checkpoint holds; no tensors at all is not an error here. */
export function stateDictOf(saved: unknown): StateDict {
  const wrapper: string[] = [];
  let dict = saved;
  while (dict instanceof Map && wrapper.length < MAX_DEPTH) {
    const key = wrapperOf(dict);
    if (key === undefined) break;
    wrapper.push(key);
    dict = dict.get(key);
  }
  const tensors = new Map<string, Tensor>();
  for (const [key, tensor] of dict instanceof Map ? dict : []) {
    if (typeof key !== 'string' || !(tensor instanceof Tensor)) continue;
    const name = withoutPrefix(key);
    if (tensors.has(name))
      throw new CheckpointError('malformed', `The tensor ${name} is there more than once.`);
    tensors.set(name, tensor);
  }
  return { wrapper, tensors };
}

function wrapperOf(dict: ReadonlyMap<unknown, unknown>): string | undefined {
  const present = WRAPPERS.filter((key) => dict.get(key) instanceof Map);
  return present.includes('ema_state') && prefersAverage(dict) ? 'ema_state' : present[0];
}

/** pycls keeps both and loads whichever erred less (pycls/core/checkpoint.py, `load_checkpoint`). */
function prefersAverage(dict: ReadonlyMap<unknown, unknown>): boolean {
  const error = (key: string): number => {
    const value = dict.get(key);
    return typeof value === 'number' ? value : 100;
  };
  return error('ema_err') < error('test_err');
}

function withoutPrefix(name: string): string {
  const prefix = PREFIXES.find((p) => name.startsWith(p));
  return prefix === undefined ? name : withoutPrefix(name.slice(prefix.length));
}
