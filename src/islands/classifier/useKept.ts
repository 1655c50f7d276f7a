import { useEffect, useState } from 'preact/hooks';
import type { KeptWeights } from '../../weights/store.ts';
import { stopOffline } from './offline.ts';

export interface KeptOnDevice {
  /** Null until it is known. */
  readonly files: readonly KeptWeights[] | null;
  /** Why the last deletion failed, in a sentence. */
  readonly problem: string | null;
  readonly forget: (id: string) => void;
}

/** What is kept on this device, looked up again whenever `occasion` changes; `base` is the site's. */
export function useKept(base: string, occasion: unknown): KeptOnDevice {
  const [files, setFiles] = useState<readonly KeptWeights[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const look = () =>
    store().then(
      async ({ listKept }) => {
        setFiles(await listKept());
      },
      // Without the code of the store nothing is known; the panel works all the same.
      () => undefined,
    );
  useEffect(() => {
    void look();
  }, [occasion]);
  const forget = async (id: string) => {
    setProblem(null);
    try {
      const { deleteKept, listKept } = await store();
      await deleteKept(id);
      if ((await listKept()).length === 0) await stopOffline(base);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    await look();
  };
  return { files, problem, forget: (id) => void forget(id) };
}

const store = () => import('../../weights/store.ts');
