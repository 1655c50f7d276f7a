/** A checkpoint from the hub, of which no more is downloaded than is needed. Runs in a worker. */
import {
  CheckpointError,
  nameTensors,
  readContents,
  requireFit,
  type Contents,
  type KnownDesign,
} from '../../checkpoints/index.ts';
import { looksLikeCheckpoint } from '../../checkpoints/container.ts';
import { looksLikeSafetensors } from '../../checkpoints/safetensors.ts';
import { looksLikeZip, readZip } from '../../checkpoints/zip.ts';
import { EngineError } from '../../threads/errors.ts';
import { MemoryFile } from '../partial.ts';
import { hostOf } from '../request.ts';
import { transfer } from '../transfer.ts';
import { readRange, WholeOnly, type Range } from './ask.ts';
import type { HubEntry } from './listing.ts';
import { bytesIn, joined, Pieces } from './pieces.ts';

export interface TakeOptions {
  /** Designs to recognise a network by. */
  readonly known: readonly KnownDesign[];
  /** Whether the visitor agreed to download all of the file. */
  readonly whole: boolean;
  readonly signal: AbortSignal;
  /** Told how much has arrived, and of how much. */
  readonly tell: (received: number, total: number) => void;
}

/** A file, or why only the whole of it can be had, which is for the visitor to decide. */
export type Taken =
  | { readonly blob: Blob; readonly received: number }
  | { readonly ask: string; readonly bytes: number };

/** As `readWhole` of a file from the disk. */
const MAX_BYTES = 2_000_000_000;
/** The beginning: in most files the header, or the description of the weights, is in it. */
const HEAD_BYTES = 256 * 1024;
/** The end: an archive's directory has some 100 bytes an entry, and a RegNetX some 1,400 entries. */
const TAIL_BYTES = 512 * 1024;
/** Where more than this share of a file is needed, all of it is taken, and its hash compared. */
const NEARLY_ALL = 0.8;
const LOCAL_HEADER = Uint8Array.of(0x50, 0x4b, 3, 4);
const LOCAL_HEADER_BYTES = 30;

/**
 * Reads a file on the hub: safetensors by its header first, PyTorch's zip by its end first; then the
 * weights, if they are a RegNetX's. Throws an EngineError whose message is a sentence.
 */
export async function take(file: HubEntry, options: TakeOptions): Promise<Taken> {
  const { bytes: size, path } = file;
  if (size > MAX_BYTES)
    throw new EngineError(
      'checkpoint',
      `${path} has ${(size / 1e9).toFixed(1)} GB, too much for a page and for a RegNetX. Choose a file with the weights alone.`,
    );
  if (options.whole) return takeWhole(file, null, options);
  const pieces = new Pieces(size);
  try {
    return await takeParts(file, pieces, options);
  } catch (error) {
    if (error instanceof WholeOnly)
      return { ask: `${hostOf(file.url)} gives this file only as a whole.`, bytes: size };
    if (error instanceof CheckpointError)
      throw new EngineError(
        'checkpoint',
        `${path}: ${error.message} Only the part that tells was downloaded.`,
        { cause: error },
      );
    throw error;
  }
}

async function takeParts(file: HubEntry, pieces: Pieces, options: TakeOptions): Promise<Taken> {
  const { bytes: size, url } = file;
  const { signal, tell } = options;
  let received = 0;
  let total = size;
  const read = async ({ from, to }: Range): Promise<Uint8Array<ArrayBuffer>> => {
    const onBytes = (bytes: number) => {
      received += bytes;
      tell(received, total);
    };
    const bytes = await readRange(
      url,
      { from, to },
      { signal, refused: refusedFor(file), onBytes },
    );
    pieces.put(from, bytes);
    return bytes;
  };
  if (size === 0) throw new CheckpointError('unrecognised', 'The file is empty.');
  const head = await read({ from: 0, to: Math.min(size, HEAD_BYTES) });
  if (!looksLikeCheckpoint(head)) {
    // Says what it is.
    readContents(head);
  }
  const isZip = looksLikeZip(head);
  if (!isZip && !looksLikeSafetensors(head))
    return size === head.length
      ? { blob: pieces.toBlob(), received }
      : { ask: 'Files of PyTorch before 1.6 can only be read from end to end.', bytes: size };
  const needed = isZip
    ? await neededOfZip(pieces, read, options.known)
    : await neededOfSafetensors(head, pieces, read, options.known);
  if (bytesIn(needed) > NEARLY_ALL * size) return takeWhole(file, head, options);
  total = received + bytesIn(needed);
  for (const range of needed) await read(range);
  return { blob: pieces.toBlob(), received };
}

type Read = (range: Range) => Promise<Uint8Array<ArrayBuffer>>;

async function neededOfSafetensors(
  head: Uint8Array,
  pieces: Pieces,
  read: Read,
  known: readonly KnownDesign[],
): Promise<Range[]> {
  const header = 8 + new DataView(head.buffer, head.byteOffset).getUint32(0, true);
  if (header > head.length) await read({ from: head.length, to: Math.min(header, pieces.size) });
  return storagesOf(contentsOf(pieces.toBytes(), known));
}

/**
 * The parts of an archive that hold weights. Its directory tells where entries begin, not how long
 * their own headers are: for planning, entries get the shortest header there is.
 */
async function neededOfZip(
  pieces: Pieces,
  read: Read,
  known: readonly KnownDesign[],
): Promise<Range[]> {
  const { size } = pieces;
  await read({ from: Math.max(0, size - TAIL_BYTES), to: size });
  const bytes = pieces.toBytes();
  const entries = [...readZip(bytes).values()].sort((a, b) => a.offset - b.offset);
  const extents = entries.map(({ name, offset }, i) => ({
    isStorage: /(^|\/)data\/\d+$/.test(name),
    from: offset,
    to: entries[i + 1]?.offset ?? size,
  }));
  const small = extents.filter(({ isStorage }) => !isStorage);
  for (const range of joined(small)) bytes.set(await read(range), range.from);
  for (const { isStorage, from } of extents)
    if (isStorage) bytes.fill(0, from, from + LOCAL_HEADER_BYTES).set(LOCAL_HEADER, from);
  const storages = storagesOf(contentsOf(bytes, known));
  const needed = extents.filter(({ from, to }) =>
    storages.some((range) => range.from < to && from < range.to),
  );
  return joined(needed);
}

/** What a file holds, which must be a RegNetX; nothing is decoded. Throws a CheckpointError. */
function contentsOf(bytes: Uint8Array, known: readonly KnownDesign[]): Contents {
  const contents = readContents(bytes);
  requireFit(nameTensors(contents), known);
  return contents;
}

/** Where in the file the tensors' storages are. */
function storagesOf({ tensors }: Contents): Range[] {
  return Array.from(tensors.values(), ({ storage: { bytes } }) => ({
    from: bytes.byteOffset,
    to: bytes.byteOffset + bytes.byteLength,
  }));
}

/** All of a file, on from what is there, checked by its hash where the hub tells it. */
async function takeWhole(
  { url, path, bytes, sha256 }: HubEntry,
  head: Uint8Array<ArrayBuffer> | null,
  { signal, tell }: TakeOptions,
): Promise<Taken> {
  const partial = new MemoryFile();
  if (head) partial.append(head);
  await transfer({ id: path, url, bytes }, { sha256: sha256 ?? '', bytes }, partial, {
    signal,
    onProgress: ({ received, total }) => {
      tell(received, total);
    },
  });
  return { blob: partial.blob(), received: bytes };
}

function refusedFor({ path, repository, url }: HubEntry) {
  return (status: number): string | null =>
    status === 401 || status === 403
      ? `${hostOf(url)} does not give ${path} of ${repository} to everybody (${status}): its authors ask for an account, or for a consent. Download it there and open it here.`
      : status === 404 || status === 410
        ? `${repository} does not have ${path} any more (${status}).`
        : null;
}
