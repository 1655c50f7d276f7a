import type { FoldedWeights } from '../../src/checkpoints/fold.ts';
import { IMAGE, type Layer } from '../../src/regnet/index.ts';
import { bytes, concat, message, string, varint, type Field } from './protobuf.ts';

/** Field numbers and constants of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3). */
const IR_VERSION = 7;
const OPSET = 12;
const FLOAT = 1;
const INT = 2;
const INTS = 7;

/** The name of the network's output. */
export const LOGITS = 'logits';

/**
 * The network as an ONNX model: the same layer list, the same folded weights, one picture
 * [1, 3, height, width] named `image` in, [1, classes] named `logits` out.
 */
export function onnxOf(layers: readonly Layer[], weights: FoldedWeights): Uint8Array<ArrayBuffer> {
  const [first, last] = [layers[0], layers.at(-1)];
  if (!first || !last) throw new RangeError('The network has no layers.');
  const graph = [
    ...layers.flatMap(nodesOf).map((fields) => message(1, ...fields)),
    string(2, 'regnetx'),
    ...layers.flatMap((layer) => initializersOf(layer, weights)),
    valueInfo(11, IMAGE, [1, first.cin, first.hin, first.win]),
    valueInfo(12, LOGITS, [1, last.cout]),
  ];
  return concat([
    varint(1, IR_VERSION),
    string(2, 'regnetx-zoo'),
    message(7, ...graph),
    message(8, varint(2, OPSET)),
  ]);
}

/** The operators of one layer; the last one's output bears the layer's name. */
function nodesOf(layer: Layer): Field[][] {
  const { name, op, input } = layer;
  if (op === 'pool') return [node('GlobalAveragePool', [input], name)];
  const parameters = [`${name}.weight`, `${name}.bias`];
  if (op === 'fc')
    return [
      node('Flatten', [input], `${name}.input`, [int('axis', 1)]),
      node('Gemm', [`${name}.input`, ...parameters], LOGITS, [int('transB', 1)]),
    ];
  const { kernel, stride, groups, residual, relu } = layer;
  const pad = (kernel - 1) / 2;
  const attributes = [
    int('group', groups),
    ints('kernel_shape', [kernel, kernel]),
    ints('strides', [stride, stride]),
    ints('pads', [pad, pad, pad, pad]),
    ints('dilations', [1, 1]),
  ];
  const steps: [operator: string, others: readonly string[], attributes: readonly Field[]][] = [
    ['Conv', parameters, attributes],
    ...(residual === null ? [] : [['Add', [residual], []] as (typeof steps)[number]]),
    ...(relu ? [['Relu', [], []] as (typeof steps)[number]] : []),
  ];
  let last = input;
  return steps.map(([operator, others, own], i) => {
    const inputs = [last, ...others];
    last = i === steps.length - 1 ? name : `${name}.${operator}`;
    return node(operator, inputs, last, own);
  });
}

function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Field[] = [],
): Field[] {
  return [
    ...inputs.map((input) => string(1, input)),
    string(2, output),
    string(3, output),
    string(4, operator),
    ...attributes,
  ];
}

function int(name: string, value: number): Field {
  return message(5, string(1, name), varint(3, value), varint(20, INT));
}

function ints(name: string, values: readonly number[]): Field {
  return message(5, string(1, name), ...values.map((v) => varint(8, v)), varint(20, INTS));
}

function initializersOf(layer: Layer, weights: FoldedWeights): Field[] {
  if (layer.op === 'pool') return [];
  const { name, op, cin, cout, groups, kernel } = layer;
  const folded = weights.get(name);
  if (!folded) throw new Error(`There are no weights for ${name}.`);
  const shape = op === 'fc' ? [cout, cin] : [cout, cin / groups, kernel, kernel];
  return [
    initializer(`${name}.weight`, shape, folded.weight),
    initializer(`${name}.bias`, [cout], folded.bias),
  ];
}

function initializer(name: string, shape: readonly number[], values: Float32Array): Field {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message(
    5,
    ...shape.map((n) => varint(1, n)),
    varint(2, FLOAT),
    string(8, name),
    bytes(9, raw),
  );
}

function valueInfo(field: number, name: string, shape: readonly number[]): Field {
  const dimensions = shape.map((n) => message(1, varint(1, n)));
  return message(
    field,
    string(1, name),
    message(2, message(1, varint(1, FLOAT), message(2, ...dimensions))),
  );
}
