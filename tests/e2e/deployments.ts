/** A host on loopback whose deployment can be exchanged, and which can be slow, silent or gone. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

export const BASE = '/regnetx/';
/** The site that all tests run on. */
export const FIRST = 'dist-e2e/regnetx';

/** Builds the site once more, with other addresses of weights: the next deployment. */
export async function buildNext(folder: string): Promise<void> {
  const command = ['astro', 'build', '--base', BASE, '--site', 'https://example.org'];
  await promisify(execFile)('npx', [...command, '--outDir', folder], {
    env: { ...process.env, PUBLIC_WEIGHTS_BASE: '/hub' },
  });
}

/** The name of the build in a folder. */
export async function buildIn(folder: string): Promise<string> {
  const html = await readFile(path.join(folder, 'index.html'), 'utf8');
  const name = / data-build="(\w+)"/.exec(html)?.[1];
  if (name === undefined) throw new Error(`${folder} has no name of a build.`);
  return name;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

export interface Host {
  readonly origin: string;
  /** The address of the site. */
  readonly site: string;
  /** What is served from now on. */
  deploy(folder: string): void;
  /** Whether requests for these paths are left without an answer; `null` answers all that wait. */
  stall(paths: RegExp | null): void;
  /** Requests for these paths are answered with 503. */
  refuse(paths: RegExp | null): void;
  close(): Promise<void>;
}

export interface HostOptions {
  /** Sends what `_headers` says, as some hosts do. */
  readonly headers?: boolean;
  /** Told the body of every POST: reports of violations. */
  readonly onReport?: (report: string) => void;
}

export async function startHost(
  first: string,
  { headers = false, onReport }: HostOptions = {},
): Promise<Host> {
  let folder = first;
  let stalled: RegExp | null = null;
  let refused: RegExp | null = null;
  let waiting: (() => void)[] = [];

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    if (request.method === 'POST') {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        onReport?.(body);
        response.writeHead(204).end();
      });
      return;
    }
    const give = () => void send(response, folder, pathname, headers);
    if (refused?.test(pathname)) response.writeHead(503).end();
    else if (stalled?.test(pathname)) waiting.push(give);
    else give();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    site: origin + BASE,
    deploy: (next) => {
      folder = next;
    },
    stall: (paths) => {
      stalled = paths;
      if (paths) return;
      for (const give of waiting) give();
      waiting = [];
    },
    refuse: (paths) => {
      refused = paths;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function send(
  response: ServerResponse,
  folder: string,
  pathname: string,
  headers: boolean,
): Promise<void> {
  const name = pathname.slice(BASE.length) + (pathname.endsWith('/') ? 'index.html' : '');
  if (headers)
    for (const [header, value] of await headersFor(folder, pathname))
      response.setHeader(header, value);
  try {
    const body = await readFile(path.join(folder, name));
    const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type }).end(body);
  } catch {
    response.writeHead(404).end('Not found');
  }
}

/** The headers that a folder's `_headers` has for a path: rules are a path, then indented lines. */
async function headersFor(
  folder: string,
  pathname: string,
): Promise<(readonly [string, string])[]> {
  const rules = (await readFile(path.join(folder, '_headers'), 'utf8')).split(/^(?=\/)/m);
  return rules.flatMap((rule) => {
    const [pattern = '', ...lines] = rule.trimEnd().split('\n');
    if (!pathname.startsWith(pattern.replace(/\*$/, ''))) return [];
    return lines.map((line) => {
      const [header = '', ...value] = line.trim().split(': ');
      // Where violations are to be reported is the test's own wish.
      const report = header === 'Content-Security-Policy' ? '; report-uri /reports' : '';
      return [header, value.join(': ') + report] as const;
    });
  });
}
