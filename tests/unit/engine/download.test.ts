/** Downloads from a real server that does what servers and connections do wrong. */
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { download, type RemoteFile } from '../../../src/engine/download.ts';

const WHOLE = Buffer.alloc(300_000, 'regnet');

/** How the server answers; each test sets its own. */
let answer: (response: ServerResponse) => void = () => undefined;
const sendWhole = (response: ServerResponse) => response.end(WHOLE);

const server = createServer((_request, response) => {
  answer(response);
});
let file: RemoteFile;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  file = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/weights`,
    bytes: WHOLE.length,
    sha256: createHash('sha256').update(WHOLE).digest('hex'),
  };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answer = sendWhole;
});

test('arrives whole and tells how far it is', async () => {
  const progress: number[] = [];
  const bytes = await download(file, { onProgress: (received) => progress.push(received) });
  expect(Buffer.compare(bytes, WHOLE)).toBe(0);
  expect(progress.at(-1)).toBe(WHOLE.length);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
});

describe('a sentence tells of', () => {
  const cases: [string, (response: ServerResponse) => void, RegExp][] = [
    [
      'a connection that breaks',
      (response) => {
        response.writeHead(200, { 'content-length': WHOLE.length });
        response.write(WHOLE.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 50));
      },
      /^The download of the weights broke off after 0\.[01] of 0\.3 MB\. Check the connection/,
    ],
    [
      'a file that is too short',
      (response) => response.end(WHOLE.subarray(1)),
      /^The download of the weights broke off after 0\.3 of 0\.3 MB/,
    ],
    [
      'a file that is too long',
      (response) => response.end(Buffer.concat([WHOLE, WHOLE])),
      /^The weights that arrived are not the ones/,
    ],
    [
      'another file of that length',
      (response) => response.end(Buffer.alloc(WHOLE.length)),
      /^The weights that arrived are not the ones/,
    ],
    [
      'a file that is gone',
      (response) => response.writeHead(404).end('Not found'),
      /^The weights could not be loaded: the server answered 404\. Try again later\.$/,
    ],
    [
      'a server that hangs up',
      (response) => response.destroy(),
      /^The weights could not be loaded: the server was not reached\. Check the connection/,
    ],
  ];

  test.each(cases)('%s, and the next try works', async (_name, misbehave, sentence) => {
    answer = misbehave;
    await expect(download(file)).rejects.toMatchObject({
      name: 'EngineError',
      code: 'download',
      message: expect.stringMatching(sentence) as string,
    });
    answer = sendWhole;
    expect(await download(file)).toHaveLength(WHOLE.length);
  });
});

test('stops when it is told to', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-length': WHOLE.length });
    response.write(WHOLE.subarray(0, 100_000));
  };
  const controller = new AbortController();
  const stopped = download(file, {
    signal: controller.signal,
    onProgress: () => {
      controller.abort();
    },
  });
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
});
