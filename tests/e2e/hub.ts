/**
 * A server on loopback that plays the Hugging Face hub: a redirect to another host, a list of files
 * with Git LFS hashes, ranges; and on demand everything that goes wrong with such servers.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the hub does with files; whatever is left out goes well. */
export interface Behaviour {
  /** Answers a download with this status instead. */
  readonly status?: number;
  readonly retryAfter?: string;
  /** Answers the list of files with this status instead. */
  readonly treeStatus?: number;
  /** False: no answer carries a CORS header. */
  readonly cors?: boolean;
  /** False: a request for a range is answered with all, and status 200. */
  readonly ranges?: boolean;
  /** Answers a request for a range with this status instead. */
  readonly rangeStatus?: number;
  /** The part that a request for a range gets begins here, wherever it asked for. */
  readonly rangeFrom?: number;
  /** False: the answer does not tell which part it is. */
  readonly contentRange?: boolean;
  readonly contentType?: string;
  /** False: the file comes from the hub itself. */
  readonly redirect?: boolean;
  /** The connection breaks after so many bytes of every answer. */
  readonly dropAfter?: number;
  /** Nothing more is sent after so many bytes, and the connection stays open. */
  readonly stallAfter?: number;
  readonly bytesPerSecond?: number;
  /** Sent instead of the file. */
  readonly body?: Uint8Array;
}

export interface Hub {
  /** The base address of its files and of its list of files. */
  readonly origin: string;
  /** The address of a repository's file. */
  readonly urlOf: (id: string) => string;
  /** Requests since the last `behave`: method, path, range. */
  readonly requests: readonly string[];
  behave(behaviour?: Behaviour): void;
  /** What the hub has from now on: the weights of one of timm's repositories. */
  put(id: string, file: Uint8Array): void;
  /** A file of any repository, `owner/name`. */
  putFile(repository: string, path: string, file: Uint8Array): void;
  close(): Promise<void>;
}

/** No test needs more; a runaway client is refused. */
const MOST_REQUESTS = 500;
const PIECE = 64 * 1024;

export const sha256Of = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

export async function startHub(): Promise<Hub> {
  const repositories = new Map<string, Map<string, Uint8Array>>();
  const putFile = (repository: string, path: string, file: Uint8Array) => {
    const files = repositories.get(repository) ?? new Map<string, Uint8Array>();
    repositories.set(repository, files.set(path, file));
  };
  let behaviour: Behaviour = {};
  let requests: string[] = [];

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://hub');
    requests.push([request.method, pathname, request.headers.range].filter(Boolean).join(' '));
    if (requests.length > MOST_REQUESTS) return void response.destroy();
    if (behaviour.cors !== false) response.setHeader('Access-Control-Allow-Origin', '*');
    const isTree = pathname.startsWith('/api/models/');
    const [, repository = '', path = ''] =
      /^\/(?:api\/models\/|cdn\/)?([^/]+\/[^/]+)\/(?:resolve|tree)\/[^/]+\/?(.*)$/.exec(pathname) ??
      [];
    const files = repositories.get(repository);
    // The hub does not tell what does not exist from what is not for everybody.
    if (!files) return void response.writeHead(401).end('Repository not found');
    if (isTree) {
      sendTree(response, files, behaviour);
      return;
    }
    const file = files.get(decodeURIComponent(path));
    if (!file) return void response.writeHead(404).end('Entry not found');
    if (behaviour.status !== undefined) {
      if (behaviour.retryAfter !== undefined)
        response
          .setHeader('Retry-After', behaviour.retryAfter)
          .setHeader('Access-Control-Expose-Headers', 'Retry-After');
      return void response.writeHead(behaviour.status).end('No');
    }
    if (behaviour.redirect !== false && !pathname.startsWith('/cdn/'))
      return void response
        .writeHead(302, { Location: `http://localhost:${port}/cdn${pathname}` })
        .end();
    void sendFile(request, response, behaviour.body ?? file, behaviour);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  return {
    origin,
    urlOf: (id) => `${origin}/timm/${id}/resolve/main/model.safetensors`,
    get requests() {
      return requests;
    },
    behave: (next = {}) => {
      behaviour = next;
      requests = [];
    },
    put: (id, file) => {
      putFile(`timm/${id}`, 'model.safetensors', file);
    },
    putFile,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function sendTree(
  response: ServerResponse,
  files: ReadonlyMap<string, Uint8Array>,
  { treeStatus = 200 }: Behaviour,
): void {
  const entries = [
    { type: 'file', oid: 'a'.repeat(40), size: 519, path: 'config.json' },
    ...Array.from(files, ([path, file]) => ({
      type: 'file',
      oid: 'b'.repeat(40),
      size: file.length,
      lfs: { oid: sha256Of(file), size: file.length, pointerSize: 133 },
      path,
    })),
  ];
  response
    .writeHead(treeStatus, { 'Content-Type': 'application/json' })
    .end(JSON.stringify(treeStatus === 200 ? entries : { error: 'No' }));
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: Uint8Array,
  {
    ranges = true,
    rangeStatus,
    rangeFrom,
    contentRange = true,
    contentType = 'application/octet-stream',
    dropAfter,
    stallAfter,
    bytesPerSecond,
  }: Behaviour,
): Promise<void> {
  const range = ranges ? /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') : null;
  if (range && rangeStatus !== undefined) return void response.writeHead(rangeStatus).end('No');
  const from = range ? (rangeFrom ?? Number(range[1])) : 0;
  if (from > 0 && from >= file.length) return void response.writeHead(416).end();
  const part = file.subarray(from, range?.[2] ? Number(range[2]) + 1 : undefined);
  response.writeHead(range ? 206 : 200, {
    'Content-Type': contentType,
    'Content-Length': part.length,
    ...(range &&
      contentRange && {
        'Content-Range': `bytes ${from}-${from + part.length - 1}/${file.length}`,
      }),
  });
  response.flushHeaders();
  if (request.method === 'HEAD') return void response.end();
  const end = Math.min(part.length, dropAfter ?? Infinity, stallAfter ?? Infinity);
  for (let at = 0; at < end && !response.destroyed; at += PIECE) {
    const piece = part.subarray(at, Math.min(at + PIECE, end));
    const flowing = response.write(piece);
    if (bytesPerSecond !== undefined) await sleep((1000 * piece.length) / bytesPerSecond);
    else if (!flowing) await drained(response);
  }
  if (stallAfter !== undefined && end < part.length) return;
  // A moment for what was sent to arrive before the line is cut.
  if (end < part.length) await sleep(100).then(() => response.destroy());
  else response.end();
}

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
