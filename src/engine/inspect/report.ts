/** What is in a checkpoint, for people: everything that can be told of it, fitting or not. */
import {
  bytesOf,
  CheckpointError,
  detectScheme,
  fitRegNetX,
  misfitError,
  nameTensors,
  namerOf,
  readContents,
  SCHEMES,
  statisticsOf,
  type ChannelOrder,
  type CheckpointDescription,
  type CheckpointErrorCode,
  type Container,
  type Contents,
  type Dtype,
  type Fit,
  type KnownDesign,
  type Mismatch,
  type SchemeId,
  type TensorStatistics,
} from '../../checkpoints/index.ts';
import { designFor } from '../../regnet/infer.ts';
import type { Design, Stage } from '../../regnet/index.ts';

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
  readonly mismatches: readonly Mismatch[];
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

export interface FileReport {
  readonly bytes: number;
  readonly container: Container;
  readonly wrapper: readonly string[];
  /** Null when the names are of no known code base. */
  readonly scheme: { readonly id: SchemeId; readonly label: string } | null;
  /** Order in which the network took its channels where it came from, as far as the file tells. */
  readonly channelOrder: ChannelOrder;
  readonly description: CheckpointDescription | null;
  readonly tensors: readonly TensorReport[];
  /** Null when not even stages or classes can be read. */
  readonly network: NetworkReport | null;
  /** Null when the network runs. */
  readonly problem: CheckpointProblem | null;
}

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
  const scheme = detectScheme(contents.tensors.keys());
  const toTimm = scheme === undefined ? () => undefined : namerOf(scheme).toTimm;
  const tensors: TensorReport[] = [];
  let measured = 0;
  for (const [name, tensor] of contents.tensors) {
    const { shape, storage } = tensor;
    const timm = toTimm(name) ?? null;
    tensors.push({ name, timm, dtype: storage.dtype, shape, ...statisticsOf(tensor) });
    measured += bytesOf(tensor);
    onMeasured(measured);
  }
  return {
    bytes: bytes.length,
    container: contents.container,
    wrapper: contents.wrapper,
    scheme: scheme === undefined ? null : { id: scheme, label: SCHEMES[scheme].label },
    tensors,
    ...whatRuns(contents, known),
  };
}

type Verdict = Pick<FileReport, 'channelOrder' | 'description' | 'network' | 'problem'>;

function whatRuns(contents: Contents, known: readonly KnownDesign[]): Verdict {
  const nothing: Verdict = { channelOrder: 'RGB', description: null, network: null, problem: null };
  const named = attempt(() => nameTensors(contents));
  if ('problem' in named) return { ...nothing, ...named };
  const { sourceChannelOrder: channelOrder, description = null } = named.value;
  const fitted = attempt(() => fitRegNetX(named.value, known));
  if ('problem' in fitted) return { ...nothing, channelOrder, description, ...fitted };
  const misfits = fitted.value.mismatches.length > 0;
  const problem = misfits ? problemOf(misfitError(fitted.value)) : null;
  return { channelOrder, description, network: networkReport(fitted.value, known), problem };
}

function attempt<T>(work: () => T): { value: T } | { problem: CheckpointProblem } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof CheckpointError) return { problem: problemOf(error) };
    throw error;
  }
}

function problemOf({ code, message, mismatches }: CheckpointError): CheckpointProblem {
  return { code, message, mismatches };
}

function networkReport(
  { stages, classes, params, design: variant }: Fit,
  known: readonly KnownDesign[],
): NetworkReport {
  const published = known.find(({ id }) => id === variant)?.design;
  const design = published ?? designFor(stages);
  return { stages, classes, params, variant, design, inferred: published === undefined };
}
