/** What happens inside of the network: its maps on the way, and where a class's score comes from. */
import type { Layer } from '../regnet/index.ts';
import type { Backend, DeviceFilter, DeviceMap } from './backend.ts';
import { passOf } from './pass.ts';

/** A map of one picture, off the device. */
export interface FeatureMap {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Row-major [height, width, channels]. */
  readonly values: Float32Array;
}

export interface Look {
  /** What each stage hands on, from the first. */
  readonly stages: readonly FeatureMap[];
  /**
   * The class activation maps of all classes, a channel a class: the classifier's rows over the last
   * map, without its biases (Zhou et al., CVPR 2016). They are exact here, since between that map and
   * the scores there are a mean and one linear layer: a class's mean over the places, and its bias,
   * are its logit.
   */
  readonly evidence: FeatureMap;
  /** The network's logits, a number a class. */
  readonly logits: Float32Array;
}

/**
 * Runs the layers over an image on the device, which it gives back, and reads what each stage hands
 * on. `bias` is the last layer's. The classifier is applied to every place of the last map as the
 * 1x1 convolution that it is.
 */
export async function lookThrough<M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
  layers: readonly Layer[],
  image: M,
  filterOf: (name: string) => F | null,
  bias: Float32Array,
): Promise<Look> {
  const ends = stageEnds(layers);
  const names = new Set(ends.map(({ name }) => name));
  const kept: M[] = [];
  const classifier = filterOf(layers.at(-1)?.name ?? '');
  try {
    const pass = passOf(backend, layers, image, ({ name }) => filterOf(name), names);
    let step = pass.next();
    while (step.done !== true) {
      const [layer, map] = step.value;
      if (names.has(layer.name)) kept.push(map);
      step = pass.next();
    }
    const stages = [...kept];
    const last = stages.at(-1);
    kept.push(step.value);
    if (!last || !classifier) throw new Error('The network has no stages or no classifier.');
    const evidence = backend.conv(last, classifier, { stride: 1, relu: false });
    kept.push(evidence);
    const withBias = await readMap(backend, evidence);
    return {
      stages: await Promise.all(stages.map((map) => readMap(backend, map))),
      evidence: {
        ...withBias,
        values: withBias.values.map((value, i) => value - (bias[i % bias.length] ?? 0)),
      },
      logits: await backend.read(step.value),
    };
  } finally {
    for (const map of kept) backend.release(map);
  }
}

/** The last layer of each stage. */
function stageEnds(layers: readonly Layer[]): Layer[] {
  return layers.filter(
    ({ stage }, i) => stage > 0 && layers.slice(i + 1).every((later) => later.stage !== stage),
  );
}

async function readMap<M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
  map: M,
): Promise<FeatureMap> {
  const [, height, width, channels] = map.shape;
  // A copy: plain loops hand out what they hold.
  return { height, width, channels, values: Float32Array.from(await backend.read(map)) };
}
