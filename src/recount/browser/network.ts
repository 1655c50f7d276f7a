/** The network that is recounted, on the thread that counts. */
import type {
  ChannelOrder,
  CheckpointMeaning,
  KnownDesign,
  Preprocessing,
} from '../../checkpoints/index.ts';
import type { BackendName } from '../../engine/backend.ts';
import { BACKENDS, probe } from '../../engine/backends/index.ts';
import { readWeights } from '../../engine/classifier.ts';
import { createNetwork } from '../../engine/network.ts';
import type { ClassifierInfo } from '../../engine/types.ts';
import { EngineError } from '../../threads/errors.ts';
import { readWhole } from '../../threads/blob.ts';
import { contendersIn } from '../../zoo/renderer.ts';
import { RecountError } from '../errors.ts';
import { underProtocol, type Framing } from '../protocols.ts';
import { openTeam, type Team } from '../team.ts';
import { startCopy } from './copy/start.ts';
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
  readonly network: Team;
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
  const bytes = await readWhole(weights.file).catch((cause: unknown) => {
    throw weights.sha256 === null ? cause : altered(weights.name, cause);
  });
  const sha256 = await sha256Of(bytes);
  if (weights.sha256 !== null && weights.sha256 !== sha256) throw altered(weights.name);
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
  const backend = await chosenBackend(order.backend);
  const network = await openTeam(
    { layers, weights: folded, backend },
    navigator.hardwareConcurrency,
    startCopy,
    () => createNetwork(layers, folded, backend),
  );
  const largestMap = Math.max(...layers.map(({ cout, hout, wout }) => cout * hout * wout));
  return { network, info, sha256, largestMap };
}

/** What is kept on the device is no longer what it was when it came. */
function altered(name: string, cause?: unknown): EngineError {
  return new EngineError(
    'altered',
    `${name} was cut or altered on this device since it came. Try again: it is fetched anew.`,
    { cause },
  );
}

/**
 * The backend of that name, where this thread has it, else the first that may be chosen for being
 * quick; plain loops where nothing else runs.
 */
async function chosenBackend(asked: string | null): Promise<BackendName> {
  const found = await probe(BACKENDS.map(({ id }) => id));
  const wanted = BACKENDS.find(({ id }) => id === asked && found[id] !== undefined);
  return wanted?.id ?? contendersIn(BACKENDS, found)[0] ?? 'cpu';
}
