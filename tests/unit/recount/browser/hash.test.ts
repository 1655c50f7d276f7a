import { afterEach, expect, test, vi } from 'vitest';
import { sha256Of } from '../../../../src/recount/browser/hash.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** FIPS 180-4's example. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('a file’s hash is the same by the browser and, on plain http, without it', async () => {
  const bytes = new TextEncoder().encode('abc');
  expect(await sha256Of(bytes)).toBe(ABC);
  vi.stubGlobal('crypto', {});
  expect(await sha256Of(bytes)).toBe(ABC);
});
