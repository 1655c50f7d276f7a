import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { FoldedLayer, FoldedWeights } from '../checkpoints/index.ts';
import { IMAGE, type Layer } from '../regnet/index.ts';
import {
  openBackend,
  type Backend,
  type BackendMemory,
  type BackendName,
  type BackendOptions,
  type Profile,
} from './backend.ts';
import { EngineError } from './errors.ts';
import { globalAveragePool } from './ops/globalAveragePool.ts';
import { groupedConv2D } from './ops/groupedConv2D.ts';
import { channelSoftmax } from './ops/softmax.ts';

/** Milliseconds of every layer of one picture's pass. */
export interface LayerTimes {
  readonly method: Profile['method'];
  readonly layers: readonly LayerTime[];
}

export interface LayerTime extends Pick<Layer, 'name' | 'role' | 'stage' | 'flops'> {
  readonly ms: number;
}

/** A network with its weights on a device, ready to predict. */
export interface Network {
  readonly backend: BackendName;
  /** The GPU as the browser names it; null off the GPU. */
  readonly renderer: string | null;
  /**
   * Logits [batch, classes] of normalised pictures [batch, height, width, 3] in the layer list's
   * resolution. Throws a RangeError when the input has another length, an EngineError with code
   * `context-lost` when the GPU went away.
   */
  predict(input: Float32Array, batch?: number): Promise<Float32Array>;
  /** The same pass, read one step later: probabilities, the softmax of the logits, on the device. */
  probabilities(input: Float32Array, batch?: number): Promise<Float32Array>;
  /** How long each layer takes; after a prediction of one picture, and not during one. */
  measureLayers(): Promise<LayerTimes>;
  memory(): BackendMemory;
  /** Frees everything on the device; later predictions are refused. */
  dispose(): void;
}

/**
 * Puts a network on a device: asks for the folded weights of one layer after another and uploads
 * them. The layer list is the only description of the network. Throws an EngineError with code `no-webgl` where there is none and
 * `checkpoint` when the weights do not fit the layers.
 */
export async function createNetwork(
  layers: readonly Layer[],
  weights: Pick<FoldedWeights, 'get'>,
  backendName: BackendName,
  options: BackendOptions = {},
): Promise<Network> {
  const [first, last] = [layers[0], layers.at(-1)];
  if (!first || !last) throw new RangeError('The network has no layers.');
  const mapWidths = layers.filter(({ op }) => op === 'conv').map(({ wout }) => wout);
  const backend = await openBackend(backendName, { mapWidths, ...options });
  try {
    const steps = stepsOf(layers, (layer) => uploadLayer(backend, layer, weights));
    const { hin, win, cin } = first;
    const prepare = (batch: number) =>
      backend.prepare([batch, hin, win, cin], (image) => {
        const logits = pass(backend, steps, image, last.name);
        return { logits, probabilities: channelSoftmax(backend, logits) };
      });
    // The browser starts to compile now, so that the first prediction finds programs.
    const single = prepare(1);
    const prepared = new Map([[1, single]]);
    const run = async (
      input: Float32Array,
      batch: number,
      result: 'logits' | 'probabilities',
    ): Promise<Float32Array> => {
      if (!Number.isInteger(batch) || batch < 1 || input.length !== batch * hin * win * cin)
        throw new RangeError(
          `The input must be ${batch} x ${hin} x ${win} x ${cin} = ${batch * hin * win * cin} numbers, not ${input.length}.`,
        );
      const ready = prepared.get(batch) ?? prepare(batch);
      prepared.set(batch, ready);
      return ready.run(input, result);
    };
    return {
      backend: backend.name,
      renderer: backend.renderer,
      predict: (input, batch = 1) => run(input, batch, 'logits'),
      probabilities: (input, batch = 1) => run(input, batch, 'probabilities'),
      measureLayers: async () => {
        const { method, ms } = await single.profile();
        // The first kernels are the layers'; what follows is the softmax.
        const times = layers.map(({ name, role, stage, flops }, i) => {
          return { name, role, stage, flops, ms: ms[i] ?? 0 };
        });
        return { method, layers: times };
      },
      memory: () => backend.memory(),
      dispose: () => {
        backend.dispose();
      },
    };
  } catch (error) {
    backend.dispose();
    throw error;
  }
}

/** A layer's weights on the device. */
interface LayerTensors {
  readonly filter: TensorInfo;
  readonly bias: TensorInfo;
}

/** One layer of the pass, with what nobody reads after it. */
interface Step {
  readonly layer: Layer;
  readonly tensors: LayerTensors | null;
  readonly release: readonly string[];
}

function stepsOf(layers: readonly Layer[], upload: (layer: Layer) => LayerTensors | null): Step[] {
  const lastReader = new Map<string, Layer>();
  for (const layer of layers)
    for (const read of [layer.input, layer.residual])
      if (read !== null) lastReader.set(read, layer);
  return layers.map((layer) => ({
    layer,
    tensors: upload(layer),
    release: [...lastReader].filter(([, reader]) => reader === layer).map(([name]) => name),
  }));
}

function uploadLayer(
  backend: Backend,
  layer: Layer,
  weights: Pick<FoldedWeights, 'get'>,
): LayerTensors | null {
  if (layer.op === 'pool') return null;
  const { name, kernel, cin, cout, groups } = layer;
  const folded = weights.get(name);
  const shape = [kernel, kernel, cin / groups, cout] as const;
  const values = (kernel * kernel * cin * cout) / groups;
  if (folded?.weight.length !== values || folded.bias.length !== cout)
    throw new EngineError(
      'checkpoint',
      `The weights do not fit the network: ${name} needs ${values} weights and ${cout} biases.`,
    );
  return {
    filter: backend.upload(toHwio(folded, shape), shape),
    bias: backend.upload(folded.bias, [cout]),
  };
}

/** PyTorch's [cout, cin / groups, k, k] as TensorFlow's [k, k, cin / groups, cout]. */
function toHwio(
  { weight }: FoldedLayer,
  [height, width, cin, cout]: readonly [number, number, number, number],
): Float32Array {
  const taps = height * width;
  const hwio = new Float32Array(weight.length);
  for (let o = 0; o < cout; o++)
    for (let i = 0; i < cin; i++)
      for (let tap = 0; tap < taps; tap++)
        hwio[(tap * cin + i) * cout + o] = weight[(o * cin + i) * taps + tap] ?? 0;
  return hwio;
}

/** Runs layer after layer and gives back each tensor after its last reader. */
function pass(
  backend: Backend,
  steps: readonly Step[],
  image: TensorInfo,
  output: string,
): TensorInfo {
  const tensors = new Map<string, TensorInfo>([[IMAGE, image]]);
  for (const { layer, tensors: own, release } of steps) {
    const x = written(tensors, layer.input);
    const residual = layer.residual === null ? undefined : written(tensors, layer.residual);
    const out = own
      ? groupedConv2D(backend, { x, ...own, residual }, layer)
      : globalAveragePool(backend, x);
    tensors.set(layer.name, out);
    for (const name of release) {
      backend.release(written(tensors, name));
      tensors.delete(name);
    }
  }
  return written(tensors, output);
}

function written(tensors: ReadonlyMap<string, TensorInfo>, name: string): TensorInfo {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`No layer has written ${name} yet.`);
  return tensor;
}
