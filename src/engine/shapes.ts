/** Shapes of the operations' operands, and what does not fit. */
import type { ConvOptions, DeviceFilter, DeviceMap, FilterShape, MapShape } from './backend.ts';

/** What a grouped convolution computes, apart from the numbers. */
export interface ConvShape extends FilterShape {
  readonly batch: number;
  readonly hin: number;
  readonly win: number;
  readonly hout: number;
  readonly wout: number;
  readonly stride: number;
  /** Zeros on each of the four sides. */
  readonly pad: number;
  /** Input channels of a group. */
  readonly groupIn: number;
  /** Output channels of a group. */
  readonly groupOut: number;
}

/**
 * The shape of a grouped convolution from those of its operands. Padding is symmetric, as PyTorch
 * pads; TensorFlow's 'same' pads only bottom and right at stride 2. Throws a RangeError when the
 * operands do not fit each other.
 */
export function convShapeOf(
  { shape: [batch, hin, win, channels] }: DeviceMap,
  { shape: filter }: DeviceFilter,
  { stride, residual }: Pick<ConvOptions<DeviceMap>, 'stride' | 'residual'>,
): ConvShape {
  const { kernel, cin, cout, groups } = filter;
  if (stride !== 1 && stride !== 2)
    throw new RangeError(`The stride must be 1 or 2, not ${stride}.`);
  if (channels !== cin)
    throw new RangeError(`The filter takes ${cin} channels, and the map has ${channels}.`);
  const hout = Math.floor((hin - 1) / stride) + 1;
  const wout = Math.floor((win - 1) / stride) + 1;
  const out = [batch, hout, wout, cout];
  if (residual && !out.every((n, axis) => n === residual.shape[axis]))
    throw new RangeError(
      `The residual must be [${out.join(', ')}], not [${residual.shape.join(', ')}].`,
    );
  return {
    ...{ batch, hin, win, cin, hout, wout, cout, kernel, stride, groups },
    pad: (kernel - 1) / 2,
    groupIn: cin / groups,
    groupOut: cout / groups,
  };
}

/** Rows and channels of a map of single pixels. Throws a RangeError for one with several. */
export function rowsOf({ shape }: DeviceMap): readonly [rows: number, channels: number] {
  const [rows, height, width, channels] = shape;
  if (height !== 1 || width !== 1)
    throw new RangeError(
      `A softmax takes a map of [batch, 1, 1, channels], not [${shape.join(', ')}].`,
    );
  return [rows, channels];
}

/** The number of values of a map. Throws a RangeError when a size is no count. */
export function valuesOf(shape: MapShape): number {
  if (!shape.every((n) => Number.isInteger(n) && n > 0))
    throw new RangeError(`A map cannot be [${shape.join(', ')}].`);
  return shape.reduce((product, n) => product * n, 1);
}
