import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from './test.ts';

const FOLDER = 'dist-e2e/regnetx/_astro';

const scripts = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({ name, code: readFileSync(`${FOLDER}/${name}`, 'utf8') }));

/** The files that something starts a worker from. */
const entries = new Set(
  scripts.flatMap(({ code }) =>
    [...code.matchAll(/new Worker\(new URL\([`"']([^`"']+)/g)].map(([, url]) =>
      basename(url ?? ''),
    ),
  ),
);

test('the entry of every worker holds nothing but an import, and no chunk imports it back', () => {
  // The classifier, its helping threads, the inspector, the download and the recount.
  expect(entries.size).toBe(5);
  for (const entry of entries) {
    const { code } = scripts.find(({ name }) => name === entry) ?? { code: '' };
    expect(code.trim(), entry).toMatch(/^(import\s*["'`]\.\/[\w.-]+["'`];)+$/);
    // WebKit evaluates an entry a second time when a chunk imports it.
    const imported = new RegExp(String.raw`(?:from|import)\s*\(?\s*["'\`]\./${entry}["'\`]`);
    expect(scripts.filter(({ code }) => imported.test(code)).map(({ name }) => name)).toEqual([]);
  }
});
