/** Networks that have a RegNetX's names and are none, or not yet: each is called what it is. */
import type { Contents } from './contents.ts';
import { CheckpointError, type CheckpointErrorCode } from './errors.ts';
import type { NetworkNames } from './network-names.ts';
import type { Tensor } from './tensor.ts';

interface Kind {
  readonly code: CheckpointErrorCode;
  /** A name that only this kind has. */
  readonly pattern: RegExp;
  /** The sentence, with that name. */
  readonly tell: (name: string) => string;
}

/** What torch's ways to write a weight as something else leave, wherever it stands. */
const REPARAMETRISED: readonly Kind[] = [
  {
    code: 'unsupported',
    pattern: /_mask$/,
    tell: (name) =>
      `The weights are pruned, and the pruning was not made permanent (${name}); call torch.nn.utils.prune.remove(module, "weight") on each pruned module and save the state dict again.`,
  },
  {
    code: 'unsupported',
    pattern: /\.parametrizations\.|\.weight_[guv]$/,
    tell: (name) =>
      `The weights are parametrised (${name}); call torch.nn.utils.parametrize.remove_parametrizations(module, "weight"), or remove_weight_norm, on each such module and save the state dict again.`,
  },
  {
    code: 'unsupported',
    pattern: /\.lora_|\.adapter/i,
    tell: (name) =>
      `The file holds adapters that change a network (${name}); merge them into the weights (merge_and_unload in PEFT) and save the state dict again.`,
  },
];

/** Squeeze-and-excitation as timm, torchvision, pycls and transformers name it. */
const SQUEEZE_EXCITATION = /\.(se|attention)\./;

/**
 * Throws a CheckpointError for a network of another kind, and for one whose weights are of a type that
 * does not run here.
 */
export function refuseOtherKinds(
  { tensors, foreign }: Contents,
  { own, head }: NetworkNames,
  strangers: ReadonlyMap<string, Tensor>,
): void {
  for (const name of strangers.keys())
    if (SQUEEZE_EXCITATION.test(name))
      throw new CheckpointError(
        'squeeze-excitation',
        `The weights are a ${own.size > 0 && isInverted(own, tensors) ? 'RegNetZ' : 'RegNetY'}'s (squeeze-excitation, such as ${name}); only RegNetX runs here.`,
      );
  const taken = new Set(own.values());
  for (const name of tensors.keys()) {
    // A classifier that is not found may be written as something else, too.
    if (!taken.has(name) && !strangers.has(name) && head.kind !== 'none') continue;
    for (const { code, pattern, tell } of REPARAMETRISED)
      if (pattern.test(name) && isPart(name, tensors)) throw new CheckpointError(code, tell(name));
  }
  for (const name of own.values()) {
    const kind = foreign.get(name);
    if (kind !== undefined)
      throw new CheckpointError(
        'unsupported',
        `The tensor ${name} is ${kind}, which does not run here; save the weights as ordinary float32 tensors.`,
      );
  }
  const [bias] = [...own].filter(([timm]) => timm.endsWith('.conv.bias'));
  if (bias && ![...own.keys()].some((timm) => timm.endsWith('.running_mean')))
    throw new CheckpointError(
      'unsupported',
      `The batch norms are fused into the convolutions (${bias[1]} is there, and no batch norm); bring the weights from before they were fused.`,
    );
}

/** A mask belongs to a pruned weight; other masks are nobody's business. */
function isPart(name: string, tensors: ReadonlyMap<string, Tensor>): boolean {
  return !name.endsWith('_mask') || tensors.has(name.replace(/_mask$/, '_orig'));
}

/** RegNetZ's blocks are wider within than at their ends. */
function isInverted(own: NetworkNames['own'], tensors: ReadonlyMap<string, Tensor>): boolean {
  const width = (layer: string) =>
    tensors.get(own.get(`s1.b1.${layer}.conv.weight`) ?? '')?.shape[0];
  const [inner, outer] = [width('conv1'), width('conv3')];
  return inner !== undefined && outer !== undefined && inner !== outer;
}
