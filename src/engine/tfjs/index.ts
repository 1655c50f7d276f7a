/**
 * The grouped convolution for plain TensorFlow.js, which has none: a custom kernel for its WebGL
 * backend. The site's own networks do not run on it; see `backends/webgl/`.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import {
  engine,
  getKernelsForBackend,
  registerKernel,
  type KernelConfig,
  type Tensor1D,
  type Tensor4D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { MapShape } from '../backend.ts';
import { convShapeOf, type ConvShape } from '../shapes.ts';
import { GroupedConv2DProgram } from './program.ts';

const KERNEL = 'GroupedConv2D';

export interface GroupedConv2DConfig {
  /** 1 or 2; 1 unless told. */
  readonly stride?: number;
  readonly relu?: boolean;
  /** Of the output's shape; added before the ReLU. */
  readonly residual?: Tensor4D | undefined;
}

/**
 * Makes `groupedConv2d` known to TensorFlow.js's `webgl` backend. May be called again and again.
 */
export function registerGroupedConv2d(): void {
  const known = getKernelsForBackend('webgl').some(({ kernelName }) => kernelName === KERNEL);
  if (!known) registerKernel({ kernelName: KERNEL, backendName: 'webgl', kernelFunc });
}

/**
 * Grouped 2-D convolution with bias, residual addition and ReLU in one kernel, float32, padded by
 * (k - 1) / 2 zeros on every side as PyTorch pads. `x` is [batch, height, width, cin], `filter` is
 * [k, k, cin / groups, cout] with an odd k, from which the number of groups follows, `bias` is [cout].
 * Call `registerGroupedConv2d` before. Throws a RangeError when the shapes do not fit, or for several
 * groups of an odd width: texels hold two channels.
 */
export function groupedConv2d(
  x: Tensor4D,
  filter: Tensor4D,
  bias: Tensor1D,
  { stride = 1, relu = false, residual }: GroupedConv2DConfig = {},
): Tensor4D {
  const inputs = residual ? { x, filter, bias, residual } : { x, filter, bias };
  return engine().runKernel<Tensor4D>(KERNEL, inputs, { stride, relu });
}

const kernelFunc: KernelConfig['kernelFunc'] = ({ inputs, attrs, backend }) => {
  const { x, filter, bias, residual } = inputs;
  if (!isWebgl(backend) || !x || !filter || !bias)
    throw new TypeError(`${KERNEL} takes x, filter and bias, and runs on the backend webgl.`);
  const shape = shapeOf(x, filter, bias, residual, Number(attrs?.stride));
  const program = new GroupedConv2DProgram(shape, {
    relu: attrs?.relu === true,
    residual: residual !== undefined,
  });
  const operands = residual ? [x, filter, bias, residual] : [x, filter, bias];
  return backend.runWebGLProgram(program, operands, 'float32');
};

/** By what it can do: a page may hold TensorFlow.js twice, and then no class tells. */
function isWebgl(backend: object): backend is MathBackendWebGL {
  return 'runWebGLProgram' in backend;
}

function shapeOf(
  x: TensorInfo,
  filter: TensorInfo,
  bias: TensorInfo,
  residual: TensorInfo | undefined,
  stride: number,
): ConvShape {
  const map = mapShapeOf('x', x);
  const [kernel, kernelWidth, groupIn, cout] = mapShapeOf('filter', filter);
  const cin = map[3];
  const groups = cin / groupIn;
  if (kernel !== kernelWidth || kernel % 2 !== 1 || cout % groups !== 0)
    throw new RangeError(
      `The filter must be [k, k, cin / groups, cout] with an odd k for ${cin} channels, not [${filter.shape.join(', ')}].`,
    );
  if (groups > 1 && (groupIn % 2 !== 0 || (cout / groups) % 2 !== 0))
    throw new RangeError(
      `Groups must have an even number of channels here, not ${groupIn} and ${cout / groups}.`,
    );
  if (bias.shape.length !== 1 || bias.shape[0] !== cout)
    throw new RangeError(`The bias must be [${cout}], not [${bias.shape.join(', ')}].`);
  return convShapeOf(
    { shape: map },
    { shape: { kernel, cin, cout, groups } },
    { stride, residual: residual && { shape: mapShapeOf('residual', residual) } },
  );
}

function mapShapeOf(name: string, { shape }: TensorInfo): MapShape {
  const [a, b, c, d] = shape;
  if (
    shape.length !== 4 ||
    a === undefined ||
    b === undefined ||
    c === undefined ||
    d === undefined
  )
    throw new RangeError(`${name} must have four axes, not [${shape.join(', ')}].`);
  return [a, b, c, d];
}
