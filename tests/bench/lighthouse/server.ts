/** Serves the site that `npm run build:e2e` built, with text compressed as hosts do. */
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const BASE = '/regnetx/';
const FOLDER = 'dist-e2e/regnetx';

/** Kinds of files, and whether hosts compress them. */
const TYPES: Readonly<Record<string, readonly [string, boolean]>> = {
  '.html': ['text/html; charset=utf-8', true],
  '.css': ['text/css', true],
  '.js': ['text/javascript', true],
  '.json': ['application/json', true],
  '.svg': ['image/svg+xml', true],
  '.txt': ['text/plain', true],
  '.md': ['text/markdown', true],
  '.xml': ['application/xml', true],
  '.png': ['image/png', false],
  '.jpg': ['image/jpeg', false],
  '.woff2': ['font/woff2', false],
};

export interface SiteServer {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the built site on a free port. */
export async function serveSite(): Promise<SiteServer> {
  const server = createServer((request, response) => {
    void send(new URL(request.url ?? '/', 'http://host').pathname, response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}${BASE}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function send(pathname: string, response: ServerResponse): Promise<void> {
  // Lighthouse looks for it at the root of the host, wherever the site is.
  const place = pathname === '/robots.txt' ? `${BASE}robots.txt` : pathname;
  const name = place.slice(BASE.length) + (place.endsWith('/') ? 'index.html' : '');
  const [type, compressed] = TYPES[path.extname(name)] ?? ['application/octet-stream', false];
  try {
    const file = await readFile(path.join(FOLDER, name));
    const body = compressed ? await promisify(gzip)(file) : file;
    response
      .writeHead(200, { 'Content-Type': type, ...(compressed && { 'Content-Encoding': 'gzip' }) })
      .end(body);
  } catch {
    response.writeHead(404).end('Not found');
  }
}
