import type { FoldedWeights } from '../checkpoints/index.ts';
import type { Layer } from '../regnet/index.ts';
import type {
  Backend,
  BackendMemory,
  BackendName,
  BackendOptions,
  DeviceFilter,
  DeviceMap,
  MapShape,
  Precision,
  Profile,
} from './backend.ts';
import { withBackend } from './backends/index.ts';
import { mapWidthsOf } from './backends/operands.ts';
import { lookThrough, type Look } from './look.ts';
import { loadLayer, passOf } from './pass.ts';
import { valuesOf } from './shapes.ts';

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
   * The pooled features [channels] of one normalised picture: what the classifier's layer reads. Its
   * computation is prepared when it is first asked for.
   */
  features(input: Float32Array): Promise<Float32Array>;
  /**
   * Logits [1, classes] of one normalised picture [side, side, 3] of another size than the layer
   * list's, with the same weights and programs. What it takes on the device is freed afterwards.
   */
  predictAt(side: number, input: Float32Array): Promise<Float32Array>;
  /** One more pass over one normalised picture, of which the maps on the way are read as well. */
  look(input: Float32Array): Promise<Look>;
  /** How long each layer takes; after a prediction of one picture, and not during one. */
  measureLayers(): Promise<LayerTimes>;
  memory(): BackendMemory;
  /** Frees everything on the device; later predictions are refused. */
  dispose(): void;
}

/**
 * Puts a network on a device: asks for the folded weights of one layer after another and loads them.
 * The layer list is the only description of the network. Rejects with an EngineError with code
 * `no-backend` where the browser lacks what the backend needs, and `checkpoint` when the
 * weights do not fit the layers.
 */
export async function createNetwork(
  layers: readonly Layer[],
  weights: Pick<FoldedWeights, 'get'>,
  backendName: BackendName,
  options: BackendOptions = {},
): Promise<Network> {
  const needs = { mapWidths: mapWidthsOf(layers), ...options };
  return withBackend(backendName, needs, (backend) => networkOn(backend, layers, weights));
}

/** A network on a backend that is its own from now on. */
function networkOn<M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
  layers: readonly Layer[],
  weights: Pick<FoldedWeights, 'get'>,
): Network {
  try {
    const [first] = layers;
    if (!first) throw new RangeError('The network has no layers.');
    const filters = new Map(
      layers.map((layer) => [layer.name, loadLayer(backend, layer, weights)] as const),
    );
    const { hin, win, cin } = first;
    const head = layers.at(-1);
    // A copy: what it is read from may be let go of.
    const bias = Float32Array.from((head && weights.get(head.name)?.bias) ?? []);
    const outputOf = (of: readonly Layer[], image: M): M => {
      const pass = passOf(backend, of, image, ({ name }) => filters.get(name) ?? null);
      let step = pass.next();
      while (step.done !== true) step = pass.next();
      return step.value;
    };
    const prepare = (batch: number, height = hin, width = win) =>
      backend.prepare([batch, height, width, cin], (image) => {
        const logits = outputOf(layers, image);
        return { logits, probabilities: backend.softmax(logits) };
      });
    // All but the last layer, which is the classifier.
    const prepareFeatures = () =>
      backend.prepare([1, hin, win, cin], (image) => {
        return { features: outputOf(layers.slice(0, -1), image) };
      });
    let pooled: ReturnType<typeof prepareFeatures> | null = null;
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
      features: async (input) => {
        requireLength(input, [1, hin, win, cin]);
        pooled ??= prepareFeatures();
        return pooled.run(input, 'features');
      },
      predictAt: async (side, input) => {
        requireLength(input, [1, side, side, cin]);
        const small = prepare(1, side, side);
        try {
          return await small.run(input, 'logits');
        } finally {
          small.dispose();
        }
      },
      look: async (input) => {
        requireLength(input, [1, hin, win, cin]);
        const image = backend.upload(input, [1, hin, win, cin]);
        return lookThrough(backend, layers, image, (name) => filters.get(name) ?? null, bias);
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

function requireLength(input: Float32Array, shape: MapShape): void {
  const length = valuesOf(shape);
  if (input.length !== length)
    throw new RangeError(
      `The input must be ${shape.join(' x ')} = ${length} numbers, not ${input.length}.`,
    );
}
