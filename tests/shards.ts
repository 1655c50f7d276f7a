/** A safetensors file in several, named as Hugging Face's libraries name them. */
import { readSafetensors, writeSafetensors } from '../src/checkpoints/safetensors.ts';
import type { NamedFile } from '../src/checkpoints/shards.ts';
import { Tensor, toFloat32 } from '../src/checkpoints/tensor.ts';

export function shardsOf(whole: Uint8Array, count: number): NamedFile[] {
  const { tensors, metadata } = readSafetensors(whole);
  const all = Array.from(tensors).flatMap(([name, tensor]) =>
    tensor instanceof Tensor
      ? [{ name, dtype: 'F32' as const, shape: tensor.shape, values: () => toFloat32(tensor) }]
      : [],
  );
  const each = Math.ceil(all.length / count);
  const number = (n: number) => String(n).padStart(5, '0');
  return Array.from({ length: count }, (_, i) => ({
    name: `model-${number(i + 1)}-of-${number(count)}.safetensors`,
    blob: new Blob([writeSafetensors(all.slice(i * each, (i + 1) * each), metadata)]),
  }));
}
