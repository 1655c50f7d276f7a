/** The network that is recounted, on the thread that counts. */
import type {
  ChannelOrder,
  CheckpointMeaning,
  KnownDesign,
  Preprocessing,
} from '../../checkpoints/index.ts';
import type { BackendName } from '../../engine/backend.ts';
import { BACKENDS } from '../../engine/backends/index.ts';
import { readWeights } from '../../engine/classifier.ts';
import { createNetwork, type Network } from '../../engine/network.ts';
import type { ClassifierInfo } from '../../engine/types.ts';
import { EngineError } from '../../threads/errors.ts';
import { readWhole } from '../../threads/blob.ts';
import { isSoftwareRenderer } from '../../zoo/renderer.ts';
import { RecountError } from '../errors.ts';
import { underProtocol, type Framing } from '../protocols.ts';
import { sha256Of } from './hash.ts';

export interface NetworkOrder {
  readonly weights: {
    readonly name: string;
    readonly file: Blob;
    /** What it must be, where that is known. */
    readonly sha256: string | null;
  };
  readonly known: readonly KnownDesign[];
  /** What is known better than by the file. */
  readonly meaning: CheckpointMeaning | null;
  readonly channelOrder: ChannelOrder | null;
  /** How pictures are cut instead of the weights' own way. */
  readonly framing: Framing | null;
  /** Means and deviations instead of the weights' own. */
  readonly normalisation: Pick<Preprocessing, 'mean' | 'std'> | null;
  /** The name of a backend; null leaves it to what this device has. */
  readonly backend: string | null;
}

export interface OpenedNetwork {
  readonly network: Network;
  readonly info: Omit<ClassifierInfo, 'backend' | 'gpu' | 'precision' | 'gpuBytes'>;
  readonly sha256: string;
  /** The largest map of a picture, in values. */
  readonly largestMap: number;
}

/** Reads weights and puts them on a device. Rejects with an EngineError or a CheckpointError. */
export async function openNetwork(order: NetworkOrder): Promise<OpenedNetwork> {
  if (typeof OffscreenCanvas === 'undefined')
    throw new EngineError(
      'internal',
      'This browser’s threads cannot decode pictures, so nothing can be counted here. Use a newer browser, or the command line.',
    );
  const { weights, known, meaning, channelOrder, framing, normalisation } = order;
  const bytes = await readWhole(weights.file);
  const sha256 = await sha256Of(bytes);
  if (weights.sha256 !== null && weights.sha256 !== sha256)
    throw new EngineError(
      'altered',
      `${weights.name} is not what it should be: its SHA-256 is another. Delete what is kept of it on this device and try again.`,
    );
  const {
    info,
    layers,
    weights: folded,
  } = await readWeights(bytes, { known, channelOrder: channelOrder ?? undefined }, ({ likely }) => {
    const { preprocessing, labels } = meaning ?? likely;
    return {
      labels,
      preprocessing: { ...underProtocol(preprocessing, framing), ...normalisation },
    };
  });
  if (info.classes === 1)
    throw new RecountError(
      `${weights.name} has a single output, of which no accuracy can be counted: choose a classifier of two classes or more.`,
    );
  const network = await createNetwork(layers, folded, await chosenBackend(order.backend));
  const largestMap = Math.max(...layers.map(({ cout, hout, wout }) => cout * hout * wout));
  return { network, info, sha256, largestMap };
}

/**
 * The backend of that name, where this thread has it, else the first that may be chosen for being
 * quick and is not rendered in software; plain loops where nothing else runs.
 */
async function chosenBackend(asked: string | null): Promise<BackendName> {
  const rows = BACKENDS.toSorted((a, b) => Number(b.id === asked) - Number(a.id === asked));
  for (const { id, probe, contends } of rows) {
    const name = await probe();
    if (name !== null && (id === asked || (contends && !isSoftwareRenderer(name)))) return id;
  }
  return 'cpu';
}
