import { IMAGE, type Layer } from './layers.ts';
import { OPERATORS } from './ops.ts';

/** What one number of a map has seen of the picture, along either axis. */
export interface Field {
  /** Pixels of the picture that can change it, inside of the picture. */
  readonly size: number;
  /** Pixels between neighbouring numbers of the map: the total stride. */
  readonly stride: number;
}

/**
 * The theoretical receptive field of each convolution's output: a kernel of k adds k - 1 strides of
 * its input, and the shortcut, which sees less, adds nothing (Araujo et al., Computing Receptive
 * Fields of Convolutional Neural Networks, Distill 2019, equation 2).
 */
export function receptiveFields(layers: readonly Layer[]): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>([[IMAGE, { size: 1, stride: 1 }]]);
  const of = (name: string): Field => {
    const field = fields.get(name);
    if (!field) throw new Error(`${name} is read before it is computed.`);
    return field;
  };
  for (const { name, op, kernel, stride, input, residual } of layers) {
    if (!OPERATORS[op].map) break;
    const before = of(input);
    const size = before.size + (kernel - 1) * before.stride;
    const beside = residual === null ? 0 : of(residual).size;
    fields.set(name, { size: Math.max(size, beside), stride: before.stride * stride });
  }
  fields.delete(IMAGE);
  return fields;
}
