import { IMAGE, weightShape, type Layer, type Op } from '../../regnet/index.ts';
import type { FoldedLayer } from '../fold.ts';
import { elementsOf } from '../tensor.ts';
import { bytes, message, piecesOf, string, varint, type Field, type Later } from './protobuf.ts';

/** Field numbers and constants of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3). */
const IR_VERSION = 7;
const FLOAT = 1;
const INT = 2;
const INTS = 7;

/** The version of ONNX's operators. These have not changed since, and every runtime has them. */
export const OPSET = 12;
/** The name of the network's output. */
export const LOGITS = 'logits';

export interface OnnxOptions {
  /** What stands in the file's metadata, by key. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** One picture of the layers' own resolution, instead of any number of any size. */
  readonly fixed?: boolean;
}

/**
 * A network as an ONNX model, piece by piece: the one layer list, batch norm folded. Pictures
 * [batch, 3, height, width] named `image` in, [batch, classes] named `logits` out. `weightsOf` is
 * asked once a layer, when its turn comes. Equal input gives equal bytes.
 */
export function onnxPieces(
  layers: readonly Layer[],
  weightsOf: (layer: Layer) => FoldedLayer,
  { metadata = {}, fixed = false }: OnnxOptions = {},
): Generator<Uint8Array<ArrayBuffer>> {
  const [first, last] = [layers[0], layers.at(-1)];
  if (!first || !last) throw new RangeError('The network has no layers.');
  const size = fixed ? [first.hin, first.win] : ['height', 'width'];
  const batch = fixed ? 1 : 'batch';
  const graph = [
    ...layers.flatMap((layer) => NODES[layer.op](layer)).map((fields) => message(1, ...fields)),
    string(2, 'regnetx'),
    ...layers.flatMap((layer) => initializersOf(layer, weightsOf)),
    valueInfo(11, IMAGE, [batch, first.cin, ...size]),
    valueInfo(12, LOGITS, [batch, last.cout]),
  ];
  return piecesOf([
    varint(1, IR_VERSION),
    string(2, 'regnetx-zoo'),
    message(7, ...graph),
    message(8, varint(2, OPSET)),
    ...Object.entries(metadata).map(([key, value]) =>
      message(14, string(1, key), string(2, value)),
    ),
  ]);
}

/** ONNX's operators for each of ours; the last one's output bears the layer's name. */
const NODES: Readonly<Record<Op, (layer: Layer) => Field[][]>> = {
  conv: convNodes,
  pool: ({ name, input }) => [node('GlobalAveragePool', [input], name)],
  fc: ({ name, input }) => [
    node('Flatten', [input], `${name}.input`, [int('axis', 1)]),
    node('Gemm', [`${name}.input`, ...tensorsOf(name)], LOGITS, [int('transB', 1)]),
  ],
};

/** Names of a layer's weight and bias, batch norm folded. */
const tensorsOf = (name: string) => [`${name}.weight`, `${name}.bias`] as const;

function convNodes({ name, input, ...layer }: Layer): Field[][] {
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
    ['Conv', tensorsOf(name), attributes],
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

function initializersOf(layer: Layer, weightsOf: (layer: Layer) => FoldedLayer): Field[] {
  const shape = weightShape(layer);
  if (!shape) return [];
  const [weightName, biasName] = tensorsOf(layer.name);
  // The weight comes first, so that the bias of the same folding follows it and both can go.
  let folded: FoldedLayer | undefined;
  const weight = () => {
    folded = weightsOf(layer);
    return folded.weight;
  };
  const bias = () => {
    const values = (folded ?? weightsOf(layer)).bias;
    folded = undefined;
    return values;
  };
  return [initializer(weightName, shape, weight), initializer(biasName, [layer.cout], bias)];
}

function initializer(name: string, shape: readonly number[], values: () => Float32Array): Field {
  const raw: Later = {
    length: elementsOf(shape) * Float32Array.BYTES_PER_ELEMENT,
    make: () => {
      const { buffer, byteOffset, byteLength } = values();
      // A copy: what is not folded may be a view of the file.
      return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
    },
  };
  return message(
    5,
    ...shape.map((n) => varint(1, n)),
    varint(2, FLOAT),
    string(8, name),
    bytes(9, raw),
  );
}

/** A named tensor of the graph's edge; an axis of any length has a name instead. */
function valueInfo(field: number, name: string, shape: readonly (number | string)[]): Field {
  const dimensions = shape.map((n) =>
    message(1, typeof n === 'number' ? varint(1, n) : string(2, n)),
  );
  return message(
    field,
    string(1, name),
    message(2, message(1, varint(1, FLOAT), message(2, ...dimensions))),
  );
}
