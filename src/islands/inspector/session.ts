/** The inspector's effects: the reader is loaded when first asked, one file at a time. */
import type { ChannelOrder, CheckpointDiff, Preprocessing } from '../../checkpoints/index.ts';
import type { HubEntry } from '../../weights/hub/listing.ts';
import type { Taken } from '../../weights/hub/take.ts';
import type { Arrived } from './reader/service.ts';
import { models } from '../../zoo/models.ts';
import { messageOf } from '../messageOf.ts';
import { saveBlob } from '../saveBlob.ts';
import type { InspectorAction } from './state.ts';

export interface InspectorSession {
  /** Reads and measures a file, or all shards of one; the one before is given up. */
  open(...files: readonly [File, ...File[]]): void;
  /** Stops reading, if anything is being read. */
  cancel(): void;
}

/** What every reading needs to recognise a variant by. */
const KNOWN = models.map(({ id, design }) => ({ id, design }));

export function createInspector(dispatch: (action: InspectorAction) => void): InspectorSession {
  let controller = new AbortController();
  const read = async (
    files: readonly [File, ...File[]],
    { signal }: AbortController,
  ): Promise<void> => {
    let [file] = files;
    dispatch({ type: 'chosen', file });
    try {
      const { inspectFile, joinFiles } = await loadReader();
      const whole = await joinFiles(files);
      signal.throwIfAborted();
      if (whole !== file) dispatch({ type: 'chosen', file: whole });
      file = whole;
      const report = await inspectFile(file, {
        known: KNOWN,
        signal,
        onProgress: (progress) => {
          dispatch({ type: 'progressed', file: whole, progress });
        },
      });
      dispatch({ type: 'inspected', file, report });
    } catch (error) {
      if (!signal.aborted) dispatch({ type: 'failed', file, message: messageOf(error) });
    }
  };
  return {
    open: (...files) => {
      controller.abort();
      controller = new AbortController();
      void read(files, controller);
    },
    cancel: () => {
      controller.abort();
      dispatch({ type: 'closed' });
    },
  };
}

/** What the converter is asked for. */
export type Download =
  | { readonly format: 'f16' | 'f32'; readonly channelOrder: ChannelOrder }
  | {
      readonly format: 'onnx';
      readonly channelOrder: ChannelOrder;
      readonly preprocessing: Preprocessing;
    };

/** Rewrites a file and lets the browser save it. Throws an Error whose message is a sentence. */
export async function saveConverted(
  file: File,
  download: Download,
  signal: AbortSignal,
): Promise<void> {
  const { rewriteFile, rewriteFileAsOnnx } = await loadReader();
  const { format, channelOrder } = download;
  const options = { channelOrder, known: KNOWN, signal };
  const blob = await (download.format === 'onnx'
    ? rewriteFileAsOnnx(file, { ...options, preprocessing: download.preprocessing })
    : rewriteFile(file, { ...options, dtype: download.format }));
  saveBlob(blob, convertedName(file.name, format));
}

/** `regnet.f16.safetensors` or `regnet.onnx` for `regnet.pth`. */
export function convertedName(name: string, format: Download['format']): string {
  const ending = format === 'onnx' ? 'onnx' : `${format}.safetensors`;
  return `${name.replace(/\.[^.]{1,12}$/, '')}.${ending}`;
}

/** The open file and another one, layer by layer. Throws an Error whose message is a sentence. */
export async function compareWith(
  open: { readonly file: File; readonly channelOrder: ChannelOrder },
  other: File,
  signal: AbortSignal,
): Promise<CheckpointDiff> {
  const { compareFiles } = await loadReader();
  return compareFiles({ ...open, known: KNOWN }, { file: other, known: KNOWN }, signal);
}

/** The files that an address on the hub can mean. Throws an Error whose message is a sentence. */
export async function findFiles(hub: string, address: string, signal: AbortSignal) {
  const { findOnHub } = await loadReader();
  return findOnHub(hub, address, signal);
}

/** A file of the hub, or a question. Throws an Error whose message is a sentence. */
export async function takeFile(
  file: HubEntry,
  whole: boolean,
  signal: AbortSignal,
  onProgress: (arrived: Arrived) => void,
): Promise<Taken> {
  const { takeFromHub } = await loadReader();
  return takeFromHub(file, { known: KNOWN, whole, signal, onProgress });
}

/** The file that ships with the site. Throws an Error whose message is a sentence. */
export async function fetchDemonstration(url: string, signal: AbortSignal): Promise<File> {
  const response = await fetch(url, { signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new Error('This site was not reached. Check the connection and try again.', { cause });
  });
  if (!response.ok)
    throw new Error(`This site answered ${response.status} instead of the file. Try again later.`);
  return new File([await response.blob()], url.replace(/^.*\//, ''));
}

async function loadReader() {
  try {
    return await import('./reader/client.ts');
  } catch (cause) {
    throw new Error(
      'The reader’s code could not be loaded; perhaps the site was updated meanwhile. Check the connection and reload the page.',
      { cause },
    );
  }
}
