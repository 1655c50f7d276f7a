/**
 * Networks that count side by side. Pictures have nothing to tell each other: a copy of a small network
 * on each core, each with a batch of its own, never waits for another, as threads within a layer do.
 */
import type { FoldedWeights } from '../checkpoints/fold.ts';
import type { BackendName } from '../engine/backend.ts';
import type { Network } from '../engine/network.ts';
import { hasWeights, weightCount, type Layer } from '../regnet/index.ts';

/** Bytes that the weights of all copies may take. */
const MOST_BYTES = 256e6;
/** Where copies would keep a smaller share of the cores busy, threads within a layer do better. */
const LEAST_SHARE = 0.5;

/** What computes on the processor. */
const ON_PROCESSOR: readonly BackendName[] = ['wasm', 'cpu'];

export interface Place {
  readonly backend: BackendName;
  /** Of the network's weights, as float32. */
  readonly weightBytes: number;
  /** Threads that may compute at a time. */
  readonly cores: number;
}

/** How many copies of a network are opened: one a core, or one alone where it is large or elsewhere. */
export function copiesOf({ backend, weightBytes, cores }: Place): number {
  if (!ON_PROCESSOR.includes(backend)) return 1;
  const copies = Math.min(cores, Math.floor(MOST_BYTES / weightBytes));
  return copies >= LEAST_SHARE * cores ? Math.max(1, copies) : 1;
}

/** Bytes of a network's folded weights and biases, as float32. */
export function weightBytesOf(layers: readonly Layer[]): number {
  const counts = layers.filter(hasWeights).map((layer) => weightCount(layer) + layer.cout);
  return Float32Array.BYTES_PER_ELEMENT * counts.reduce((sum, count) => sum + count, 0);
}

/** A network that is not opened yet. */
export interface NetworkParts {
  readonly layers: readonly Layer[];
  readonly weights: Pick<FoldedWeights, 'get'>;
  readonly backend: BackendName;
}

/** The same with all weights at hand, as it is sent to a thread. */
export interface CopyOrder extends NetworkParts {
  readonly weights: FoldedWeights;
}

/** A copy on a thread of its own. */
export interface Copy extends Pick<Network, 'probabilities'> {
  stop(): void;
}

/** One network or several copies of it, which count as one. */
export interface Team extends Pick<Network, 'backend' | 'probabilities' | 'dispose'> {
  readonly copies: number;
  /** Batches that may be asked for at a time: of several copies one each, and one for the first to be idle. */
  readonly passes: number;
}

/**
 * Opens a network as many times as is best on so many cores; where threads for copies cannot be
 * started, once, as where one is best: `openAlone` does it then. Rejects as that does.
 */
export async function openTeam(
  network: NetworkParts,
  cores: number,
  startCopy: (order: CopyOrder) => Promise<Copy>,
  openAlone: () => Promise<Network>,
): Promise<Team> {
  const { backend, layers } = network;
  const count = copiesOf({ backend, weightBytes: weightBytesOf(layers), cores });
  const copies = count > 1 ? await startAll(count, network, startCopy) : null;
  return copies ? teamOf(copies, backend) : aloneOf(await openAlone());
}

/** All of them, or null and none. */
async function startAll(
  count: number,
  network: NetworkParts,
  startCopy: (order: CopyOrder) => Promise<Copy>,
): Promise<Copy[] | null> {
  const order = { ...network, weights: toSend(network) };
  // Async, so that whatever goes wrong is a rejection.
  const starts = Array.from({ length: count }, async () => startCopy(order));
  const started = (await Promise.allSettled(starts)).flatMap((one) =>
    one.status === 'fulfilled' ? [one.value] : [],
  );
  if (started.length === count) return started;
  for (const copy of started) copy.stop();
  return null;
}

/** All weights, each with a buffer of its own: with a part of a file the whole file would be sent. */
export function toSend({ layers, weights }: Omit<NetworkParts, 'backend'>): FoldedWeights {
  return new Map(
    layers.flatMap(({ name }) => {
      const folded = weights.get(name);
      return folded ? [[name, { weight: whole(folded.weight), bias: whole(folded.bias) }]] : [];
    }),
  );
}

function whole(values: Float32Array): Float32Array {
  return values.byteLength === values.buffer.byteLength ? values : values.slice();
}

function aloneOf(network: Network): Team {
  return {
    backend: network.backend,
    copies: 1,
    passes: 1,
    probabilities: (pixels, batch) => network.probabilities(pixels, batch),
    dispose: () => {
      network.dispose();
    },
  };
}

function teamOf(copies: readonly Copy[], backend: BackendName): Team {
  const idle = [...copies];
  const waiting: ((copy: Copy) => void)[] = [];
  const take = async (): Promise<Copy> =>
    idle.shift() ?? new Promise((resolve) => waiting.push(resolve));
  const give = (copy: Copy): void => {
    const next = waiting.shift();
    if (next) next(copy);
    else idle.push(copy);
  };
  return {
    backend,
    copies: copies.length,
    passes: copies.length + 1,
    probabilities: async (pixels, batch) => {
      const copy = await take();
      try {
        return await copy.probabilities(pixels, batch);
      } finally {
        give(copy);
      }
    },
    dispose: () => {
      for (const copy of copies) copy.stop();
    },
  };
}
