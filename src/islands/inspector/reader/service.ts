/** Reading, measuring and rewriting a checkpoint on a thread of its own; one job, then it is ended. */
import {
  CheckpointError,
  type CheckpointDiff,
  type KnownDesign,
} from '../../../checkpoints/index.ts';
import { calmly } from '../../../threads/calmly.ts';
import { serve } from '../../../threads/serve.ts';
import { readWhole } from '../../../threads/blob.ts';
import { EngineError } from '../../../threads/errors.ts';
import { parseHubAddress } from '../../../weights/hub/address.ts';
import { filesAt, type HubEntry } from '../../../weights/hub/listing.ts';
import { take, type Taken } from '../../../weights/hub/take.ts';
import {
  compare,
  rewrite,
  rewriteAsOnnx,
  type OnnxOptions,
  type RewriteOptions,
  type Side,
} from './file.ts';
import { reportOf, type FileReport } from '../../../checkpoints/report.ts';

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
const told = (error: unknown): unknown =>
  error instanceof CheckpointError
    ? new EngineError('checkpoint', error.message, { cause: error })
    : error;

/** A file to be compared. */
export type UnreadSide = Omit<Side, 'bytes' | 'name'> & { readonly file: File };

async function readSide({ file, ...options }: UnreadSide): Promise<Side> {
  return { ...options, name: file.name, bytes: await readWhole(file) };
}

const api = {
  inspect: async (
    file: Blob,
    known: readonly KnownDesign[],
    tell: (progress: Progress) => void,
  ): Promise<FileReport> => {
    const calm = calmly(tell, TELL_EVERY_MS);
    const teller = (step: Progress['step']) => (bytes: number) => {
      calm({ step, bytes });
    };
    return reportOf(await readWhole(file, teller('reading')), known, teller('measuring'));
  },
  rewrite: async (file: Blob, options: RewriteOptions): Promise<Blob> =>
    rewrite(await readWhole(file), options),
  rewriteAsOnnx: async (file: Blob, options: OnnxOptions): Promise<Blob> =>
    rewriteAsOnnx(await readWhole(file), options),
  compare: async (a: UnreadSide, b: UnreadSide): Promise<CheckpointDiff> =>
    compare(await readSide(a), await readSide(b)),
  /** The files that an address on the hub can mean. */
  find: (hub: string, address: string): Promise<HubEntry[]> =>
    filesAt(hub, parseHubAddress(address), NEVER),
  /** One of them, or why only the whole of it can be had. */
  take: (
    file: HubEntry,
    known: readonly KnownDesign[],
    whole: boolean,
    tell: (arrived: Arrived) => void,
  ): Promise<Taken> => {
    const calm = calmly(tell, TELL_EVERY_MS);
    const options = {
      known,
      whole,
      signal: NEVER,
      tell: (received: number, total: number) => {
        calm({ received, total });
      },
    };
    return take(file, options);
  },
};

export type InspectApi = typeof api;

serve(api, told);
