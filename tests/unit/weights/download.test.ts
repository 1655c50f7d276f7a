/** Downloads from a real server that does what servers and connections do wrong. */
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { download, fetchJson, type RemoteFile } from '../../../src/weights/download.ts';

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
      /^The weights could not be loaded: the server answered 404\. Reload the page, .* or try again later\.$/,
    ],
    [
      'a web page in its place',
      (response) => response.setHeader('content-type', 'text/html; charset=utf-8').end('<p>Hello'),
      /^The weights could not be loaded: 127\.0\.0\.1:\d+ sent a web page instead\. .* sign in/,
    ],
    [
      'a web page that does not say so',
      (response) => response.end('\n<!DOCTYPE html><title>Welcome</title>'),
      /sent a web page instead/,
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

test('a line on which nothing comes any more is given up', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-length': WHOLE.length });
    response.write(WHOLE.subarray(0, 100_000));
  };
  await expect(download(file, { stallMs: 300 })).rejects.toMatchObject({
    code: 'download',
    message: expect.stringMatching(/broke off after 0\.1 of 0\.3 MB/) as string,
  });
  // Nor does one wait for ever for the first word.
  answer = () => undefined;
  await expect(fetchJson(file.url, 'The class names', { stallMs: 300 })).rejects.toMatchObject({
    code: 'download',
    message: 'The class names could not be loaded: the server did not answer. Try again later.',
  });
});

test('what is no JSON is told as such', async () => {
  answer = (response) => response.end('["tench",');
  await expect(fetchJson(file.url, 'The class names')).rejects.toMatchObject({
    code: 'download',
    message: expect.stringMatching(/^The class names could not be read: /) as string,
  });
  answer = (response) => response.end('["tench"]');
  expect(await fetchJson(file.url, 'The class names')).toEqual(['tench']);
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
