/** Under which keys, and before which names, training scripts keep the weights. */

type Dictionary = ReadonlyMap<unknown, unknown>;

interface Wrapper {
  readonly key: string;
  /** Whether it comes before the plain weights beside it; it comes after all of them if not. */
  readonly preferred?: (value: unknown, beside: Dictionary) => boolean;
}

/**
 * The known keys, the preferred first. Averaged weights come before plain ones, as in timm's
 * `load_state_dict`; torchvision publishes its averages, too. Any other key will do as well, after
 * these.
 */
const WRAPPERS: readonly Wrapper[] = [
  { key: 'state_dict_ema' }, // timm
  { key: 'model_ema' }, // torchvision's references
  { key: 'ema_state_dict', preferred: (value) => !isSwapped(value) },
  { key: 'ema_state', preferred: (_, beside) => erredLess(beside) },
  { key: 'model_state' }, // pycls
  { key: 'state_dict' },
  { key: 'model_state_dict' },
  { key: 'model' },
];

/**
 * MMEngine's hook swaps before it saves: the average is in `state_dict`, and the plain weights are
 * beside a counter in `ema_state_dict` (mmengine/hooks/ema_hook.py, `before_save_checkpoint`).
 */
function isSwapped(value: unknown): boolean {
  return value instanceof Map && value.has('steps');
}

/** pycls keeps both and loads whichever erred less (pycls/core/checkpoint.py, `load_checkpoint`). */
function erredLess(beside: Dictionary): boolean {
  const error = (key: string): number => {
    const value = beside.get(key);
    return typeof value === 'number' ? value : 100;
  };
  return error('ema_err') < error('test_err');
}

const UNKNOWN = 2 * WRAPPERS.length;

/** The place of a key in the order of preference, the smaller the better. */
export function rankOf(key: string, value: unknown, beside: Dictionary): number {
  const index = WRAPPERS.findIndex((wrapper) => wrapper.key === key);
  if (index < 0) return UNKNOWN;
  const preferred = WRAPPERS[index]?.preferred?.(value, beside) ?? true;
  return preferred ? index : index + WRAPPERS.length;
}

/**
 * Modules that stand for what they wrap, wherever in a name: DataParallel's, torch.compile's, FSDP's
 * and activation checkpointing's.
 */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'module',
  '_orig_mod',
  '_fsdp_wrapped_module',
  '_checkpoint_wrapped_module',
]);

/** A name without modules that only wrap; `found` is told which. */
export function unwrapped(name: string, found: (module: string) => void): string {
  const parts = name.split('.');
  const kept = parts.filter((part, i) => {
    // The last part is the tensor's own.
    if (i === parts.length - 1 || !TRANSPARENT.has(part)) return true;
    found(part);
    return false;
  });
  return kept.length === parts.length ? name : kept.join('.');
}
