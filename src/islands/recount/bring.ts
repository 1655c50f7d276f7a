/** Weights and class names, from wherever they are. */
import type { NetworkOrder } from '../../recount/browser/network.ts';
import { formatBytes } from '../../charts/shared/format.ts';
import { OWN_FILE, type Choice, type WeightsOption } from './choices.ts';

type Brought = Pick<NetworkOrder['weights'], 'file' | 'sha256'>;

/** The bytes of what was chosen. Rejects with an error whose message is a sentence. */
export async function weightsOf(
  choice: Choice,
  option: WeightsOption | undefined,
  base: string,
  signal: AbortSignal,
  tell: (doing: string) => void,
): Promise<Brought> {
  if (choice.weights === OWN_FILE && choice.file) return { file: choice.file, sha256: null };
  if (!option) throw new Error('These weights are not known any more: choose others.');
  const { id, bytes, sha256 } = option;
  const loading = (received: number, total: number) => {
    tell(`Loading ${id}: ${formatBytes(received)} of ${formatBytes(total)}.`);
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
