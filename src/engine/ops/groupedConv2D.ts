import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Backend } from '../backend.ts';

/** The name under which the kernel is registered with TensorFlow.js, for `cpu` and `webgl`. */
export const GROUPED_CONV2D = 'GroupedConv2D';

/** Tensors of a grouped convolution, all float32. */
export interface GroupedConv2DInputs {
  /** [batch, height, width, cin]. */
  readonly x: TensorInfo;
  /** [kernel, kernel, cin / groups, cout]; the number of groups follows from the shape. */
  readonly filter: TensorInfo;
  /** [cout]. */
  readonly bias: TensorInfo;
  /** Of the output's shape; added before the ReLU. */
  readonly residual?: TensorInfo | undefined;
}

export interface GroupedConv2DAttrs {
  /** 1 or 2. */
  readonly stride: number;
  /** Whether a ReLU ends it. */
  readonly relu: boolean;
}

/**
 * Grouped 2-D convolution with bias, residual addition and ReLU in one kernel, padded by
 * (kernel - 1) / 2 zeros on every side. With one group and kernel 1 it is the matrix product of the
 * 1x1 convolutions and of the classifier. Throws a RangeError when the shapes do not fit.
 */
export function groupedConv2D(
  backend: Backend,
  inputs: GroupedConv2DInputs,
  { stride, relu }: GroupedConv2DAttrs,
): TensorInfo {
  return backend.run(GROUPED_CONV2D, { ...inputs }, { stride, relu });
}

/** What a grouped convolution computes, apart from the numbers. */
export interface ConvShape {
  readonly batch: number;
  readonly hin: number;
  readonly win: number;
  readonly cin: number;
  readonly hout: number;
  readonly wout: number;
  readonly cout: number;
  readonly kernel: number;
  readonly stride: number;
  /** Zeros on each of the four sides. */
  readonly pad: number;
  readonly groups: number;
  /** Input channels of a group. */
  readonly groupIn: number;
  /** Output channels of a group. */
  readonly groupOut: number;
}

/**
 * The shape of a grouped convolution from the shapes of its inputs. Padding is symmetric, as PyTorch
 * pads; TensorFlow's 'same' pads only bottom and right at stride 2. Throws a RangeError when the
 * shapes do not fit each other.
 */
export function convShapeOf(
  { x, filter, bias, residual }: GroupedConv2DInputs,
  { stride }: Pick<GroupedConv2DAttrs, 'stride'>,
): ConvShape {
  const refuse = (must: string, tensor: TensorInfo): never => {
    throw new RangeError(`${GROUPED_CONV2D}: ${must}, not [${tensor.shape.join(', ')}].`);
  };
  const [batch = 0, hin = 0, win = 0, cin = 0] = x.shape;
  const [kernel = 0, kernelWidth = 0, groupIn = 0, cout = 0] = filter.shape;
  const groups = cin / groupIn;
  if (stride !== 1 && stride !== 2)
    throw new RangeError(`${GROUPED_CONV2D}: stride must be 1 or 2, not ${stride}.`);
  if (x.shape.length !== 4 || x.shape.some((n) => n < 1))
    refuse('x must be [batch, height, width, channels]', x);
  if (filter.shape.length !== 4 || kernel !== kernelWidth || kernel % 2 !== 1)
    refuse('filter must be [k, k, cin / groups, cout] with an odd k', filter);
  if (!Number.isInteger(groups) || cout < 1 || !Number.isInteger(cout / groups))
    refuse(`filter must divide x's ${cin} channels into equal groups`, filter);
  if (!isShape(bias, [cout])) refuse(`bias must be [${cout}]`, bias);
  const hout = Math.floor((hin - 1) / stride) + 1;
  const wout = Math.floor((win - 1) / stride) + 1;
  if (residual && !isShape(residual, [batch, hout, wout, cout]))
    refuse(`residual must be [${batch}, ${hout}, ${wout}, ${cout}]`, residual);
  return {
    batch,
    hin,
    win,
    cin,
    hout,
    wout,
    cout,
    kernel,
    stride,
    pad: (kernel - 1) / 2,
    groups,
    groupIn,
    groupOut: cout / groups,
  };
}

function isShape({ shape }: TensorInfo, expected: readonly number[]): boolean {
  return shape.length === expected.length && shape.every((n, axis) => n === expected[axis]);
}
