/** Weights and class names, from wherever they are. */
import type { NetworkOrder } from '../../recount/browser/network.ts';
import { formatBytes } from '../../charts/shared/format.ts';
import { problemOf } from '../classifier/load.ts';
import { ALTERED } from '../classifier/words.ts';
import { OWN_FILE, type Choice, type WeightsOption } from './choices.ts';

type Brought = Pick<NetworkOrder['weights'], 'file' | 'sha256'>;

/** Where weights come from, and who is told of it. */
export interface Bringing {
  readonly choice: Choice;
  /** What is known of them; undefined of a file of the visitor's own. */
  readonly option: WeightsOption | undefined;
  /** The site's base path, ending in a slash. */
  readonly base: string;
  readonly signal: AbortSignal;
  /** Told what is being done, in a sentence. */
  readonly onDoing: (doing: string) => void;
  /** Told what was done that nobody asked for, in a sentence. */
  readonly onNotice: (notice: string) => void;
}

/**
 * Brings what was chosen and opens it. Where what was kept on the device turns out to be altered, it
 * is deleted and fetched anew, once. Rejects as `open` does, or with an error whose message is a
 * sentence.
 */
export async function openWith<T>(
  bringing: Bringing,
  open: (brought: Brought) => Promise<T>,
): Promise<T> {
  const { option, signal, onNotice } = bringing;
  const once = async (): Promise<T> => {
    const brought = await weightsOf(bringing);
    signal.throwIfAborted();
    return open(brought);
  };
  try {
    return await once();
  } catch (error) {
    if (option?.kind !== 'official' || problemOf(error).code !== 'altered') throw error;
    const { deleteKept } = await import('../../weights/index.ts');
    await deleteKept(option.id);
    onNotice(ALTERED);
    return once();
  }
}

async function weightsOf({ choice, option, base, signal, onDoing }: Bringing): Promise<Brought> {
  if (choice.weights === OWN_FILE && choice.file) return { file: choice.file, sha256: null };
  if (!option) throw new Error('These weights are not known any more: choose others.');
  const { id, bytes, sha256 } = option;
  const loading = (received: number, total: number) => {
    onDoing(`Loading ${id}: ${formatBytes(received)} of ${formatBytes(total)}.`);
  };
  if (option.kind === 'shipped' && sha256 !== null) {
    const { download } = await import('../../weights/download.ts');
    const url = base + option.url;
    const whole = await download(
      { url, bytes, sha256 },
      {
        signal,
        onProgress: (received) => {
          loading(received, bytes);
        },
      },
    );
    return { file: new Blob([whole]), sha256: null };
  }
  const { obtainWeights } = await import('../../weights/index.ts');
  const obtained = await obtainWeights(
    { id, url: option.url, bytes, ...(sha256 !== null && { sha256 }) },
    {
      signal,
      onProgress: ({ received, total }) => {
        loading(received, total);
      },
    },
  );
  return { file: obtained.blob, sha256: obtained.sha256 };
}

/** The names of a certificate's classes: those of the weights, if they are known here, else numbers. */
export async function classNames(
  option: WeightsOption | undefined,
  classes: number,
  base: string,
): Promise<readonly string[]> {
  const numbers = Array.from({ length: classes }, (_, i) => `class ${i}`);
  const labels = option?.meaning?.labels;
  if (typeof labels !== 'string') return labels ?? numbers;
  const { fetchLabels } = await import('../../weights/beside.ts');
  return fetchLabels(`${base}api/labels/${labels}.json`).catch(() => numbers);
}
