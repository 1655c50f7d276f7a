/** Bytes of a checkpoint to a network that looks at pictures. Runs in a worker, a page or Node. */
// Module by module: their index would bring the readers of all kinds of files along.
import { CheckpointError } from '../checkpoints/errors.ts';
import { requireFit, type KnownDesign } from '../checkpoints/fit.ts';
import { foldLayer } from '../checkpoints/fold.ts';
import { cluesOf } from '../checkpoints/meaning.ts';
import { readCheckpointLazily } from '../checkpoints/read-lazily.ts';
import type { ChannelOrder } from '../checkpoints/told.ts';
import { layersOf, type Layer } from '../regnet/index.ts';
import type { BackendMemory, BackendName, Precision } from './backend.ts';
import { EngineError } from '../threads/errors.ts';
import { createNetwork, type Network } from './network.ts';
import { CHECK_SIDE, checkInput, parityWithCpu, parityWithPyTorch, refusalOf } from './parity.ts';
import { insightOf } from './insight.ts';
import { decodePicture, pixelsOf } from './preprocess/decode.ts';
import { cropOf, normalise, opaque, type RgbPicture } from './preprocess/index.ts';
import { cropUnder } from './preprocess/protocol.ts';
import { timesAnother, timingOf } from './timing.ts';
import type {
  CheckpointClues,
  CheckpointMeaning,
  Classifier,
  ClassifierInfo,
  Golden,
  Parity,
  Picture,
  Prediction,
} from './types.ts';

export interface ClassifierOptions {
  readonly backend: BackendName;
  /** Where to compute if the backend turns out to lack what it needs. */
  readonly fallback?: BackendName | undefined;
  readonly precision?: Precision | undefined;
  /** Designs to recognise the variant by. */
  readonly known?: readonly KnownDesign[];
  /** The order that the first convolution expects, where it is known better than by the naming. */
  readonly channelOrder?: ChannelOrder | undefined;
}

/** What somebody knows about a checkpoint better than the file, perhaps after a look at its clues. */
export type Meaning =
  CheckpointMeaning | ((clues: CheckpointClues) => CheckpointMeaning | Promise<CheckpointMeaning>);

/** A classifier on this very thread, which can tell what it holds on the device. */
export interface LocalClassifier extends Classifier {
  memory(): BackendMemory;
}

/**
 * Reads a checkpoint of any supported kind and uploads its network. Throws an EngineError:
 * `checkpoint` when the bytes are none that runs here, `no-backend` without WebGL2.
 */
export async function createClassifier(
  bytes: Uint8Array,
  { backend, fallback, precision = 'float32', known = [], channelOrder }: ClassifierOptions,
  meaning: Meaning = ({ likely }) => likely,
): Promise<LocalClassifier> {
  let onContextLost: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => {
    onContextLost = resolve;
  });
  try {
    const { info, layers, weights } = await readWeights(bytes, { known, channelOrder }, meaning);
    const openOn = (name: BackendName): Promise<Network> =>
      createNetwork(layers, weights, name, { precision, onContextLost });
    const network = await openOn(backend).catch((error: unknown) => {
      if (fallback && error instanceof EngineError && error.code === 'no-backend')
        return openOn(fallback);
      throw error;
    });
    return classifierOf(network, info, {
      lost,
      reference: async () => {
        // Its code is nothing that the first prediction should wait for.
        const code = await import('./reference.ts').catch(() => undefined);
        return code?.referenceLogits(
          layers,
          weights,
          { side: CHECK_SIDE, input: checkInput() },
          breathe(),
        );
      },
    });
  } catch (error) {
    if (error instanceof CheckpointError)
      throw new EngineError('checkpoint', error.message, { cause: error });
    throw error;
  }
}

/** From bytes to weights, folded one layer at a time, with everything that is known about them. */
export async function readWeights(
  bytes: Uint8Array,
  {
    known,
    channelOrder,
  }: { known: readonly KnownDesign[]; channelOrder: ChannelOrder | undefined },
  meaning: Meaning,
) {
  const checkpoint = await readCheckpointLazily(bytes, { channelOrder });
  const fit = requireFit(checkpoint, known);
  const clues = cluesOf(checkpoint, fit);
  const { preprocessing, labels } = typeof meaning === 'function' ? await meaning(clues) : meaning;
  const layers = layersOf(fit.stages, preprocessing.crop, fit.classes);
  const info = { ...clues, variant: fit.design, labels, preprocessing };
  const byName = new Map(layers.map((layer): [string, Layer] => [layer.name, layer]));
  const weights = {
    get: (name: string) => {
      const layer = byName.get(name);
      return layer && foldLayer(layer, checkpoint.tensors);
    },
  };
  return { info, layers, weights };
}

function classifierOf(
  network: Network,
  info: Omit<ClassifierInfo, 'backend' | 'gpu' | 'precision' | 'gpuBytes'>,
  { lost, reference }: { lost: Promise<void>; reference: () => Promise<Float32Array | undefined> },
): LocalClassifier {
  const { backend, renderer: gpu, precision } = network;
  let firstMs: number | null = null;
  let input: Float32Array | null = null;
  /** Grows with every question; a measurement gives way to a newer one. */
  let asked = 0;
  /** Set once the device is known to compute wrongly. */
  let refusal: EngineError | null = null;
  /** It holds the weights, so it is let go of once it was asked. */
  let plainLoops: (() => Promise<Float32Array | undefined>) | null =
    backend === 'cpu' ? null : reference;

  let lastTurn: Promise<unknown> = Promise.resolve();

  /** Passes wait for one another, so that a time is the time of one pass. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = lastTurn.then(work);
    lastTurn = turn.catch(() => undefined);
    return turn;
  };
  const pass = (pixels: Float32Array): Promise<{ probabilities: Float32Array; ms: number }> =>
    inTurn(async () => {
      const start = performance.now();
      const probabilities = await outputsOf(network, info.classes, pixels);
      return { probabilities, ms: performance.now() - start };
    });
  const seenBy = async (picture: Picture): Promise<{ crop: RgbPicture; pixels: Float32Array }> => {
    const crop = cropOf(await rgbOf(picture), info.preprocessing);
    return { crop, pixels: normalise(crop, info.preprocessing) };
  };
  const parityOf = async (golden: Golden | null): Promise<Parity | null> => {
    if (golden) {
      const { probabilities } = await pass((await seenBy(golden.picture)).pixels);
      return parityWithPyTorch(probabilities, golden, precision);
    }
    const expected = await plainLoops?.();
    plainLoops = null;
    if (!expected) return null;
    const actual = await inTurn(() => network.predictAt(CHECK_SIDE, checkInput()));
    return parityWithCpu(actual, expected, precision);
  };

  return {
    info: { ...info, backend, gpu, precision, gpuBytes: network.memory().gpuBytes },
    lost: () => lost,
    classify: async (picture, top = 5) => {
      asked++;
      if (refusal) throw refusal;
      const { crop, pixels } = await seenBy(picture);
      const { probabilities, ms } = await pass(pixels);
      firstMs ??= ms;
      input = pixels;
      return { predictions: mostProbable(probabilities, top), crop: opaque(crop), firstMs };
    },
    classifyUnder: async (picture, protocol, top = 5) => {
      if (refusal) throw refusal;
      const source = await rgbOf(picture);
      const crop = await cropUnder(source, protocol);
      const { probabilities } = await pass(normalise(crop, protocol.preprocessing));
      return { predictions: mostProbable(probabilities, top), crop: opaque(crop) };
    },
    look: async (strongest) => {
      if (refusal) throw refusal;
      const pixels = input;
      return pixels && insightOf(await inTurn(() => network.look(pixels)), strongest);
    },
    embed: async (picture) => {
      asked++;
      if (refusal) throw refusal;
      const { pixels } = await seenBy(picture);
      return inTurn(() => network.features(pixels));
    },
    measure: async () => {
      const mine = asked;
      const pixels = input;
      if (!pixels) return null;
      const times: number[] = [];
      const start = performance.now();
      while (timesAnother(times.length, performance.now() - start)) {
        times.push((await pass(pixels)).ms);
        // Lets waiting messages in, of which one may be a newer question.
        await new Promise((resolve) => setTimeout(resolve));
        if (mine !== asked) return null;
      }
      return timingOf(times);
    },
    check: async (golden) => {
      const parity = await parityOf(golden);
      refusal = parity && refusalOf(parity);
      if (refusal) throw refusal;
      return parity;
    },
    measureLayers: () => inTurn(() => network.measureLayers()),
    memory: () => network.memory(),
    dispose: () => {
      asked++;
      network.dispose();
    },
  };
}

/** A file is decoded, a bitmap read. */
async function rgbOf(picture: Picture): Promise<RgbPicture> {
  if (picture instanceof Blob) return decodePicture(picture);
  return 'data' in picture ? picture : pixelsOf(picture);
}

/** Lets waiting messages in, but not more often than anybody would notice. */
function breathe(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 12) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}

/** Probabilities; of a network with a single output the output, since its softmax is always one. */
export function outputsOf(
  network: Pick<Network, 'predict' | 'probabilities'>,
  classes: number,
  pixels: Float32Array,
): Promise<Float32Array> {
  return classes === 1 ? network.predict(pixels) : network.probabilities(pixels);
}

/**
 * The `top` most probable classes in falling order, of what `outputsOf` gives. Throws an EngineError when probabilities are no
 * finite numbers, which only a GPU that computes wrongly gives: weights are checked on reading.
 */
export function mostProbable(probabilities: Float32Array, top: number): Prediction[] {
  if (!probabilities.every(Number.isFinite))
    throw new EngineError(
      'mismatch',
      'The network gave values that are no numbers on this device. Choose another way to compute.',
    );
  const [only] = probabilities;
  if (only !== undefined && probabilities.length === 1)
    return [{ index: 0, probability: 1, value: only }];
  return Array.from(probabilities, (probability, index) => ({ index, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
