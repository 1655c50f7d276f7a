import type { FoldedWeights } from '../checkpoints/index.ts';
import type { Layer } from '../regnet/index.ts';
import {
  openBackend,
  type BackendMemory,
  type BackendName,
  type BackendOptions,
  type Precision,
  type Profile,
} from './backend.ts';
import { channelSoftmax } from './ops/softmax.ts';
import { passOf, uploadLayer } from './pass.ts';

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
  readonly precision: Precision;
  /**
   * Logits [batch, classes] of normalised pictures [batch, height, width, 3] in the layer list's
   * resolution. Throws a RangeError when the input has another length, an EngineError with code
   * `context-lost` when the GPU went away.
   */
  predict(input: Float32Array, batch?: number): Promise<Float32Array>;
  /** The same pass, read one step later: probabilities, the softmax of the logits, on the device. */
  probabilities(input: Float32Array, batch?: number): Promise<Float32Array>;
  /**
   * Logits [1, classes] of one normalised picture [side, side, 3] of another size than the layer
   * list's, with the same weights and programs. What it takes on the device is freed afterwards.
   */
  predictAt(side: number, input: Float32Array): Promise<Float32Array>;
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
  const [first] = layers;
  if (!first) throw new RangeError('The network has no layers.');
  const mapWidths = layers.filter(({ op }) => op === 'conv').map(({ wout }) => wout);
  const backend = await openBackend(backendName, { mapWidths, ...options });
  try {
    const tensors = new Map(
      layers.map((layer) => [layer.name, uploadLayer(backend, layer, weights)] as const),
    );
    const { hin, win, cin } = first;
    const prepare = (batch: number, height = hin, width = win) =>
      backend.prepare([batch, height, width, cin], (image) => {
        const pass = passOf(backend, layers, image, ({ name }) => tensors.get(name) ?? null);
        let step = pass.next();
        while (step.done !== true) step = pass.next();
        return { logits: step.value, probabilities: channelSoftmax(backend, step.value) };
      });
    // The browser starts to compile now, so that the first prediction finds programs.
    const single = prepare(1);
    const prepared = new Map([[1, single]]);
    const run = async (
      input: Float32Array,
      batch: number,
      result: 'logits' | 'probabilities',
    ): Promise<Float32Array> => {
      requireLength(input, [batch, hin, win, cin]);
      const ready = prepared.get(batch) ?? prepare(batch);
      prepared.set(batch, ready);
      return ready.run(input, result);
    };
    return {
      backend: backend.name,
      renderer: backend.renderer,
      precision: backend.precision,
      predict: (input, batch = 1) => run(input, batch, 'logits'),
      probabilities: (input, batch = 1) => run(input, batch, 'probabilities'),
      predictAt: async (side, input) => {
        requireLength(input, [1, side, side, cin]);
        const small = prepare(1, side, side);
        try {
          return await small.run(input, 'logits');
        } finally {
          small.dispose();
        }
      },
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

function requireLength(input: Float32Array, shape: readonly number[]): void {
  const length = shape.reduce((product, n) => product * n, 1);
  if (input.length !== length || !shape.every((n) => Number.isInteger(n) && n > 0))
    throw new RangeError(
      `The input must be ${shape.join(' x ')} = ${length} numbers, not ${input.length}.`,
    );
}
