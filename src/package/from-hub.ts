/** A checkpoint of somebody's on the Hugging Face hub. */
import { EngineError } from '../threads/errors.ts';
import { parseHubAddress } from '../weights/hub/address.ts';
import { filesAt } from '../weights/hub/listing.ts';
import { take } from '../weights/hub/take.ts';
import { HUB } from '../zoo/hub.ts';
import { models } from '../zoo/models.ts';
import type { ArrivalOptions } from './arrival.ts';

/** Rejects with an EngineError: `download`, or `checkpoint` for what is no RegNetX. */
export async function fromHub(
  hub: string,
  base: string | undefined,
  { signal, onProgress }: ArrivalOptions,
): Promise<Blob> {
  const address = parseHubAddress(hub);
  const files = await filesAt((base ?? HUB).replace(/\/$/, ''), address, signal);
  const [file] = files;
  if (!file || files.length > 1)
    throw new EngineError(
      'download',
      `${address.repository} holds several checkpoints: name one, such as hf:${address.repository}/${file?.path ?? ''}.`,
    );
  const tell = (received: number, total: number) => {
    onProgress({ received, total, secondsLeft: null });
  };
  // Only the parts with weights where the host gives parts; whoever calls this has agreed to the whole.
  const options = { known: models, signal, tell };
  const taken = await take(file, { ...options, whole: false });
  if ('blob' in taken) return taken.blob;
  const all = await take(file, { ...options, whole: true });
  if ('blob' in all) return all.blob;
  throw new EngineError('download', all.ask);
}
