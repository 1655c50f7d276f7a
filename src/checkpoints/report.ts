/** What is in a checkpoint, for people: everything that can be told of it, fitting or not. */
import {
  bytesOf,
  CheckpointError,
  cluesOf,
  fitRegNetX,
  misfitError,
  nameTensors,
  readContents,
  SCHEMES,
  statisticsOf,
  type Checkpoint,
  type CheckpointClues,
  type CheckpointErrorCode,
  type Container,
  type Contents,
  type Dtype,
  type Fit,
  type KnownDesign,
  type Mismatch,
  type Tensor,
  type TensorStatistics,
} from './index.ts';
import { designFor } from '../regnet/infer.ts';
import type { Design, Stage } from '../regnet/index.ts';

/** A tensor as it stands in the file. */
export interface TensorReport extends TensorStatistics {
  /** Its name in the file, without prefixes such as `module.`. */
  readonly name: string;
  /** timm's name; null for what the scheme has no name for. */
  readonly timm: string | null;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** Why a checkpoint does not run. */
export interface CheckpointProblem {
  readonly code: CheckpointErrorCode;
  /** One sentence for the person who brought it. */
  readonly message: string;
  /** The first of them. */
  readonly mismatches: readonly Mismatch[];
  /** How many there are in all. */
  readonly misfits: number;
}

/** The network that the tensors describe. */
export interface NetworkReport {
  readonly stages: readonly Stage[];
  readonly classes: number;
  readonly params: number;
  /** Id of the known design; null outside of the family. */
  readonly variant: string | null;
  /** Parameters of the linear rule that make these stages, published or inferred; null if none do. */
  readonly design: Design | null;
  /** Whether `design` was inferred from the stages: others may make them, too. */
  readonly inferred: boolean;
}

/** A list of which only the beginning is told. */
export interface Beginning<T> {
  readonly first: readonly T[];
  readonly count: number;
}

export interface FileReport extends Pick<
  CheckpointClues,
  'scheme' | 'channelOrder' | 'channelOrderFrom' | 'description'
> {
  readonly bytes: number;
  readonly container: Container;
  readonly wrapper: readonly string[];
  /** What was taken off the tensors' names, such as `module.`. */
  readonly taken: readonly string[];
  /** Where other whole networks stand, which are not shown. */
  readonly others: readonly string[];
  /** Names of what stands beside the network. */
  readonly passedOver: Beginning<string>;
  /** The tensors, the network's first where there are too many for all. */
  readonly tensors: readonly TensorReport[];
  /** How many there are in all. */
  readonly tensorCount: number;
  /** Null when not even stages or classes can be read. */
  readonly network: NetworkReport | null;
  /** What it tells about its use; null when it does not run. */
  readonly clues: CheckpointClues | null;
  /** Null when the network runs. */
  readonly problem: CheckpointProblem | null;
}

/** Names beside the network that are told. */
const PASSED_OVER_TOLD = 50;
/** RegNetX-32GF has 450 tensors; a page's memory and a visitor's patience end somewhere. */
const MAX_TENSORS = 2048;

/**
 * Reads and measures a checkpoint. `onMeasured` is told the bytes of the tensors measured so far. A
 * file that holds tensors gives a report, with the reason if they do not run; one that does not, or
 * asks for what is refused, throws a CheckpointError.
 */
export function reportOf(
  bytes: Uint8Array,
  known: readonly KnownDesign[],
  onMeasured: (bytes: number) => void = () => undefined,
): FileReport {
  const contents = readContents(bytes);
  const { container, wrapper, taken, others, network } = contents;
  const { scheme } = network ?? {};
  return {
    bytes: bytes.length,
    ...{ container, wrapper, taken, others },
    scheme: scheme === undefined ? null : { id: scheme, label: SCHEMES[scheme].label },
    tensors: measure(contents, bytes.length, onMeasured),
    tensorCount: contents.tensors.size,
    ...whatRuns(contents, known),
  };
}

/**
 * Measures the tensors, as many as one pass over the file's size allows: tensors may share storages,
 * and the same elements are measured once.
 */
function measure(
  { tensors, network }: Contents,
  fileBytes: number,
  onMeasured: (bytes: number) => void,
): TensorReport[] {
  const timm = new Map(Array.from(network?.own ?? [], ([to, name]) => [name, to]));
  const isOwn = ([name]: readonly [string, Tensor]): boolean => timm.has(name);
  const all = [...tensors];
  const ordered =
    all.length <= MAX_TENSORS ? all : [...all.filter(isOwn), ...all.filter((t) => !isOwn(t))];
  const views = new Map<Tensor['storage'], Map<string, TensorStatistics>>();
  const reports: TensorReport[] = [];
  let measured = 0;
  for (const [name, tensor] of ordered.slice(0, MAX_TENSORS)) {
    const { shape, storage, strides, offset } = tensor;
    const known = views.get(storage) ?? new Map<string, TensorStatistics>();
    views.set(storage, known);
    const view = `${offset} ${shape.join()} ${strides.join()}`;
    let statistics = known.get(view);
    if (!statistics) {
      measured += bytesOf(tensor);
      if (measured > MOST_MEASURED * fileBytes) break;
      statistics = statisticsOf(tensor);
      known.set(view, statistics);
      onMeasured(measured);
    }
    reports.push({
      name,
      timm: timm.get(name) ?? null,
      dtype: storage.dtype,
      shape,
      ...statistics,
    });
  }
  return reports;
}

/** Bytes measured for each byte of the file: more than one where views overlap or are expanded. */
const MOST_MEASURED = 4;

type Verdict = Pick<
  FileReport,
  | 'channelOrder'
  | 'channelOrderFrom'
  | 'description'
  | 'passedOver'
  | 'network'
  | 'clues'
  | 'problem'
>;

const NOTHING: Verdict = {
  channelOrder: 'RGB',
  channelOrderFrom: 'custom',
  description: null,
  passedOver: { first: [], count: 0 },
  network: null,
  clues: null,
  problem: null,
};

function whatRuns(contents: Contents, known: readonly KnownDesign[]): Verdict {
  const named = attempt(() => nameTensors(contents));
  if ('problem' in named) return { ...NOTHING, ...named };
  const told: Verdict = { ...NOTHING, ...toldOf(named.value) };
  const fitted = attempt(() => fitRegNetX(named.value, known));
  if ('problem' in fitted) return { ...told, ...fitted };
  const fit = fitted.value;
  const network = networkReport(fit, known);
  if (fit.misfits > 0) return { ...told, network, problem: problemOf(misfitError(fit)) };
  const passedOver = beginningOf(named.value.beside.keys());
  return { ...told, network, passedOver, clues: cluesOf(named.value, fit) };
}

function toldOf({
  sourceChannelOrder: channelOrder,
  channelOrderFrom,
  description,
}: Checkpoint): Pick<Verdict, 'channelOrder' | 'channelOrderFrom' | 'description'> {
  return { channelOrder, channelOrderFrom, description: description ?? null };
}

function beginningOf(names: Iterable<string>): Beginning<string> {
  const all = [...names];
  return { first: all.slice(0, PASSED_OVER_TOLD), count: all.length };
}

function attempt<T>(work: () => T): { value: T } | { problem: CheckpointProblem } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof CheckpointError) return { problem: problemOf(error) };
    throw error;
  }
}

function problemOf({ code, message, mismatches, misfits }: CheckpointError): CheckpointProblem {
  return { code, message, mismatches, misfits };
}

function networkReport(
  { stages, classes, params, design: variant }: Fit,
  known: readonly KnownDesign[],
): NetworkReport {
  const published = known.find(({ id }) => id === variant)?.design;
  const design = published ?? designFor(stages);
  return { stages, classes, params, variant, design, inferred: published === undefined };
}
