/** Downloads from a server that plays the hub, with everything that goes wrong on the way. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { identify, treeOf, type HubFile } from '../../../src/weights/hub-file.ts';
import { MemoryFile } from '../../../src/weights/partial.ts';
import type { Progress } from '../../../src/weights/meter.ts';
import { transfer } from '../../../src/weights/transfer.ts';
import { seededValues } from '../../seeded.ts';
import { sha256Of, startHub, type Behaviour, type Hub } from '../../e2e/hub.ts';

const ID = 'regnetx_002.pycls_in1k';
const WHOLE = Uint8Array.from(seededValues(600_000, 7), (value) => value * 127);
const OTHER = WHOLE.map((byte, i) => (i === 400_000 ? byte ^ 1 : byte));
const HALF = 300_000;

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
  hub.put(ID, WHOLE);
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.behave();
});

const file = (): HubFile => ({ id: ID, url: hub.urlOf(ID), bytes: 590_000 });

/** Patience for tests: short pauses, and a line is given up soon. */
const HASTY = { pauseMs: 10, stallMs: 1000 };

async function fetchInto(
  partial: MemoryFile,
  { from = file(), onProgress }: { from?: HubFile; onProgress?: (p: Progress) => void } = {},
): Promise<Uint8Array> {
  const { signal } = new AbortController();
  const identity = await identify(from, signal);
  await transfer(from, identity, partial, { signal, ...HASTY, ...(onProgress && { onProgress }) });
  return new Uint8Array(await partial.blob().arrayBuffer());
}

/** Half of the file, as an earlier visit left it. */
function begun(content: Uint8Array<ArrayBuffer> = WHOLE): MemoryFile {
  const partial = new MemoryFile();
  partial.append(content.slice(0, HALF));
  return partial;
}

const downloads = () => hub.requests.filter((request) => request.includes('/cdn/'));

test('arrives whole over a redirect to another host, in one request', async () => {
  const progress: Progress[] = [];
  const bytes = await fetchInto(new MemoryFile(), { onProgress: (p) => progress.push(p) });
  expect(sha256Of(bytes)).toBe(sha256Of(WHOLE));
  expect(downloads()).toEqual([`GET /cdn/timm/${ID}/resolve/main/model.safetensors`]);
  expect(progress.at(-1)).toMatchObject({ received: WHOLE.length, total: WHOLE.length });
  const received = progress.map((p) => p.received);
  expect(received).toEqual(received.toSorted((a, b) => a - b));
});

test('the catalogue’s hash spares the question', async () => {
  const from = { ...file(), sha256: sha256Of(WHOLE) };
  expect(await fetchInto(new MemoryFile(), { from })).toEqual(WHOLE);
  expect(hub.requests.filter((request) => request.includes('/api/'))).toEqual([]);
});

describe('goes on where it stopped', () => {
  test('with a range', async () => {
    expect(await fetchInto(begun())).toEqual(WHOLE);
    expect(downloads()).toHaveLength(1);
    expect(downloads()[0]).toMatch(/ bytes=300000-$/);
  });

  test('by itself when the line breaks', async () => {
    hub.behave({ dropAfter: 200_000 });
    expect(await fetchInto(new MemoryFile())).toEqual(WHOLE);
    expect(downloads().length).toBeGreaterThanOrEqual(3);
  });

  test('by itself when nothing comes any more', async () => {
    hub.behave({ stallAfter: 250_000 });
    expect(await fetchInto(new MemoryFile())).toEqual(WHOLE);
  });

  test('without a request when all is there', async () => {
    const partial = new MemoryFile();
    partial.append(WHOLE);
    expect(await fetchInto(partial)).toEqual(WHOLE);
    expect(downloads()).toEqual([]);
  });

  test('asking once when all is there but only the hash is known', async () => {
    const partial = new MemoryFile();
    partial.append(WHOLE);
    await fetchInto(partial, { from: { ...file(), sha256: sha256Of(WHOLE) } });
    expect(downloads()).toHaveLength(1);
  });
});

describe('begins anew', () => {
  test('where ranges are ignored', async () => {
    hub.behave({ ranges: false });
    expect(await fetchInto(begun())).toEqual(WHOLE);
    expect(downloads()).toHaveLength(1);
  });

  test('when the beginning was of another file', async () => {
    expect(await fetchInto(begun(WHOLE.map((byte) => byte ^ 1)))).toEqual(WHOLE);
    expect(downloads()).toHaveLength(2);
  });

  test.each([400, 403, 412, 416, 501])('where a range is answered with %i', async (rangeStatus) => {
    hub.behave({ rangeStatus });
    const partial = begun();
    expect(await fetchInto(partial)).toEqual(WHOLE);
    expect(downloads()).toHaveLength(2);
  });

  test('where a range is refused in the middle, again and again', async () => {
    hub.behave({ rangeStatus: 416, dropAfter: 400_000 });
    const partial = new MemoryFile();
    await expect(fetchInto(partial)).rejects.toMatchObject({ code: 'download' });
    hub.behave({ rangeStatus: 416 });
    expect(await fetchInto(partial)).toEqual(WHOLE);
  });

  test.each([
    ['tells so', { rangeFrom: 100_000 }],
    ['does not tell', { rangeFrom: 100_000, contentRange: false }],
  ])('where another part is sent than was asked for, and the server %s', async (_, behaviour) => {
    hub.behave(behaviour);
    expect(await fetchInto(begun())).toEqual(WHOLE);
    // The same when the line breaks on the way.
    hub.behave({ ...behaviour, dropAfter: 550_000 });
    const partial = new MemoryFile();
    await expect(fetchInto(partial)).rejects.toMatchObject({ code: 'download' });
    hub.behave(behaviour);
    expect(await fetchInto(partial)).toEqual(WHOLE);
  });

  test('when there is more than there can be', async () => {
    const partial = begun();
    partial.append(WHOLE);
    expect(await fetchInto(partial)).toEqual(WHOLE);
  });
});

describe('a sentence says what to do about', () => {
  const cases: [string, Behaviour, RegExp, 'kept' | 'cleared'][] = [
    [
      'another file',
      { body: OTHER },
      /its SHA-256 is another. It was thrown away. Try again/,
      'cleared',
    ],
    ['a shorter file', { body: WHOLE.slice(0, HALF) }, /it has 0\.3 instead of 0\.6 MB/, 'cleared'],
    [
      'a web page in its place',
      { contentType: 'text/html; charset=utf-8' },
      /sent a web page instead\. If your network asks you to sign in/,
      'kept',
    ],
    [
      'a web page that does not say so',
      { body: new TextEncoder().encode('<html><body>Welcome</body></html>'), ranges: false },
      /sent a web page instead/,
      'cleared',
    ],
    ['a longer file', { body: new Uint8Array(700_000) }, /it is longer than 0\.6 MB\./, 'cleared'],
    [
      'a missing file',
      { status: 404 },
      /does not have the file any more.*\(404\)\. Look for/,
      'kept',
    ],
    ['a refused file', { status: 401 }, /\(401\)\. Look for other weights/, 'kept'],
    ['too many requests', { status: 429 }, /asks for a pause \(429\).* in some minutes\.$/, 'kept'],
    ['a pause in seconds', { status: 429, retryAfter: '40' }, /Try again in 40 seconds\.$/, 'kept'],
    [
      'a pause in minutes',
      { status: 429, retryAfter: '600' },
      /Try again in 10 minutes\.$/,
      'kept',
    ],
    [
      'a fault of the server',
      { status: 500 },
      /trouble of its own \(500\)\. Try again later\.$/,
      'kept',
    ],
    ['a status of another kind', { status: 418 }, /answered 418/, 'kept'],
    ['a list of files that fails', { treeStatus: 503 }, /trouble of its own \(503\)/, 'kept'],
    ['a line that breaks for good', { dropAfter: 0 }, /broke off after 0\.\d of 0\.6 MB/, 'kept'],
  ];

  test.each(cases)('%s, and the next try works', async (_name, behaviour, sentence, fate) => {
    hub.behave(behaviour);
    const partial = fate === 'kept' ? begun() : new MemoryFile();
    await expect(fetchInto(partial)).rejects.toMatchObject({
      name: 'EngineError',
      code: 'download',
      message: expect.stringMatching(sentence) as string,
    });
    expect(partial.length).toBe(fate === 'kept' ? HALF : 0);
    hub.behave();
    expect(await fetchInto(partial)).toEqual(WHOLE);
  });

  test('a server that is not there', async () => {
    const gone = await startHub();
    await gone.close();
    const from = { ...file(), url: gone.urlOf(ID) };
    await expect(fetchInto(new MemoryFile(), { from })).rejects.toMatchObject({
      code: 'download',
      message: expect.stringMatching(/was not reached\. Check the connection/) as string,
    });
  });

  test('a host without a list of files, where the catalogue has no hash', async () => {
    const from = { ...file(), url: `${hub.origin}/elsewhere.safetensors` };
    await expect(fetchInto(new MemoryFile(), { from })).rejects.toMatchObject({
      message: expect.stringMatching(/does not tell the SHA-256/) as string,
    });
  });

  test('a file of unknown length that does not end', async () => {
    const from = { ...file(), sha256: sha256Of(WHOLE), bytes: 100_000 };
    const partial = new MemoryFile();
    await expect(fetchInto(partial, { from })).rejects.toMatchObject({
      message: expect.stringMatching(/it is longer than 0\.1 MB/) as string,
    });
    expect(partial.length).toBe(0);
  });
});

test('stops when it is told to, and keeps what arrived', async () => {
  hub.behave({ bytesPerSecond: 1_000_000 });
  const controller = new AbortController();
  const { signal } = controller;
  const partial = new MemoryFile();
  const identity = await identify(file(), signal);
  const stopped = transfer(file(), identity, partial, {
    signal,
    onProgress: ({ received }) => {
      if (received > 100_000) controller.abort();
    },
  });
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  expect(partial.length).toBeGreaterThan(100_000);
  hub.behave();
  expect(await fetchInto(partial)).toEqual(WHOLE);
  expect(downloads()[0]).toMatch(/ bytes=\d{6}-$/);
});

test('the list of files stands where the hub has it, under any base', () => {
  expect(treeOf('https://huggingface.co/timm/a.b/resolve/main/model.safetensors')).toEqual({
    url: 'https://huggingface.co/api/models/timm/a.b/tree/main',
    path: 'model.safetensors',
  });
  expect(treeOf('https://example.org/mirror/timm/a.b/resolve/v1/x/y.bin')).toEqual({
    url: 'https://example.org/mirror/api/models/timm/a.b/tree/v1',
    path: 'x/y.bin',
  });
  expect(treeOf('https://example.org/model.safetensors')).toBeNull();
});
