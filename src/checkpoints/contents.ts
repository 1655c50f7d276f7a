import { readSafetensors } from './safetensors.ts';
import { stateDictOf, type StateDict } from './state-dict.ts';
import { checkTensors } from './tensor.ts';

export type Container = 'pytorch-zip' | 'pytorch-legacy' | 'safetensors';

/** What is in a file, under the names that it has there. */
export interface Contents extends StateDict {
  readonly container: Container;
  /** The strings of safetensors' `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What was saved, before anything is looked for in it. */
export interface Opened {
  readonly container: Container;
  readonly saved: unknown;
  readonly globals: ReadonlySet<string>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The header of safetensors. Throws a CheckpointError. */
export function openSafetensors(bytes: Uint8Array): Opened {
  const { tensors, metadata } = readSafetensors(bytes);
  return { container: 'safetensors', saved: tensors, globals: new Set(), metadata };
}

/** The weights among what was saved in a file of so many bytes; null where there are none. */
export function contentsOf(
  { container, saved, metadata }: Opened,
  fileBytes: number,
): Contents | null {
  const found = stateDictOf(saved);
  if (found.tensors.size === 0) return null;
  checkTensors(found.tensors, fileBytes);
  return { container, ...found, metadata };
}
