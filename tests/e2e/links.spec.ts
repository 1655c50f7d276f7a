import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './test.ts';
import { PAGES } from './site.ts';

const DIST = 'dist-e2e/regnetx';
const BASE = '/regnetx/';

/** The built file that an address of the site shows, or undefined. */
function fileOf(pathname: string): string | undefined {
  const relative = decodeURIComponent(pathname.slice(BASE.length));
  const candidates = [path.join(DIST, relative), path.join(DIST, relative, 'index.html')];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile());
}

for (const page of PAGES) {
  test(`every internal link of ${page} leads somewhere`, () => {
    const here = new URL(page, `http://site${BASE}`);
    const html = readFileSync(fileOf(here.pathname) ?? '', 'utf8');
    const targets = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(
      ([, target]) => target ?? '',
    );
    const broken = targets.filter((target) => {
      const url = new URL(target.replaceAll('&amp;', '&'), here);
      if (url.hostname !== 'site') return false;
      if (!url.pathname.startsWith(BASE)) return true;
      const file = fileOf(url.pathname);
      if (file === undefined) return true;
      if (url.hash.length < 2 || !file.endsWith('.html')) return false;
      // A device's result, which its page reads; no place there.
      if (url.hash.startsWith('#r=')) return url.pathname !== `${BASE}device/`;
      return !readFileSync(file, 'utf8').includes(`id="${decodeURIComponent(url.hash.slice(1))}"`);
    });
    expect(broken).toEqual([]);
  });
}
