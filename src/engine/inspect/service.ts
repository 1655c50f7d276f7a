/** Reading, measuring and rewriting a checkpoint on a thread of its own; one job, then it is ended. */
import { CheckpointError, type CheckpointDiff, type KnownDesign } from '../../checkpoints/index.ts';
import { answer, type Answer } from '../answer.ts';
import { serve } from '../serve.ts';
import { readWhole } from '../blob.ts';
import { EngineError } from '../errors.ts';
import { parseHubAddress } from '../hub/address.ts';
import { filesAt, type HubEntry } from '../hub/listing.ts';
import { take, type Taken } from '../hub/take.ts';
import {
  compare,
  rewrite,
  rewriteAsOnnx,
  type OnnxOptions,
  type RewriteOptions,
  type Side,
} from './file.ts';
import { reportOf, type FileReport } from './report.ts';

/** How far a job is: bytes read from the file, or bytes of tensors measured. */
export interface Progress {
  readonly step: 'reading' | 'measuring';
  readonly bytes: number;
}

/** How much of a file on the hub has arrived. */
export interface Arrived {
  readonly received: number;
  readonly total: number;
}

/** A worker is ended as a whole, and with it what it was waiting for. */
const NEVER = new AbortController().signal;

/** Progress is told at most every so many milliseconds. */
const TELL_EVERY_MS = 60;

/** What is wrong with a checkpoint is the visitor's to know, so its sentence goes along. */
const attempt = <T>(work: () => Promise<T>): Promise<Answer<T>> =>
  answer(() =>
    work().catch((error: unknown) => {
      if (!(error instanceof CheckpointError)) throw error;
      throw new EngineError('checkpoint', error.message, { cause: error });
    }),
  );

/** Passes on only what comes long enough after what was passed on before. */
function calmly<T>(tell: (value: T) => void): (value: T) => void {
  let last = -Infinity;
  return (value) => {
    const now = performance.now();
    if (now - last < TELL_EVERY_MS) return;
    last = now;
    tell(value);
  };
}

/** A file to be compared. */
export type UnreadSide = Omit<Side, 'bytes' | 'name'> & { readonly file: File };

async function readSide({ file, ...options }: UnreadSide): Promise<Side> {
  return { ...options, name: file.name, bytes: await readWhole(file) };
}

const api = {
  inspect: (
    file: Blob,
    known: readonly KnownDesign[],
    tell: (progress: Progress) => void,
  ): Promise<Answer<FileReport>> =>
    attempt(async () => {
      const calm = calmly(tell);
      const teller = (step: Progress['step']) => (bytes: number) => {
        calm({ step, bytes });
      };
      return reportOf(await readWhole(file, teller('reading')), known, teller('measuring'));
    }),
  rewrite: (file: Blob, options: RewriteOptions): Promise<Answer<Blob>> =>
    attempt(async () => rewrite(await readWhole(file), options)),
  rewriteAsOnnx: (file: Blob, options: OnnxOptions): Promise<Answer<Blob>> =>
    attempt(async () => rewriteAsOnnx(await readWhole(file), options)),
  compare: (a: UnreadSide, b: UnreadSide): Promise<Answer<CheckpointDiff>> =>
    attempt(async () => compare(await readSide(a), await readSide(b))),
  /** The files that an address on the hub can mean. */
  find: (hub: string, address: string): Promise<Answer<HubEntry[]>> =>
    attempt(() => filesAt(hub, parseHubAddress(address), NEVER)),
  /** One of them, or why only the whole of it can be had. */
  take: (
    file: HubEntry,
    known: readonly KnownDesign[],
    whole: boolean,
    tell: (arrived: Arrived) => void,
  ): Promise<Answer<Taken>> =>
    attempt(() => {
      const calm = calmly(tell);
      const options = {
        known,
        whole,
        signal: NEVER,
        tell: (received: number, total: number) => {
          calm({ received, total });
        },
      };
      return take(file, options);
    }),
};

export type InspectApi = typeof api;

serve(api);
