/** Whose code the package carries along, with the licences that its authors ask to pass on. */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Rolldown } from 'tsdown';

/** A package's folder, within however many others. */
const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const LICENCE_FILE = /^licen[cs]e(\.(md|txt))?$/i;
const COMMENT = /\/\*[^]*?\*\//g;
const LEGAL = /copyright/i;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Writes a file with the notices of all that was bundled into any of the outputs so far. */
export function notices(file: string): Rolldown.Plugin {
  /** Folders of packages, each with its modules. */
  const bundled = new Map<string, Set<string>>();
  return {
    name: 'notices',
    generateBundle(_, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(output.modules)) {
          const folder = PACKAGE.exec(id.replaceAll('\\', '/'))?.[0];
          // What begins with a zero is the bundler's own.
          if (folder === undefined || renderedLength === 0 || id.startsWith('\0')) continue;
          bundled.set(folder, (bundled.get(folder) ?? new Set()).add(id));
        }
      }
    },
    async writeBundle() {
      const texts = await Promise.all([...bundled].map(([folder, ids]) => noticeOf(folder, ids)));
      const sorted = [...new Set(texts)].toSorted((a, b) => a.localeCompare(b));
      await writeFile(file, `${HEAD}\n\n${sorted.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`);
    },
  };
}

const HEAD =
  'This package is under the MIT licence (LICENSE). Its files hold code of these packages, too:';

/** One package: name, version, and its licence's text. Throws an Error where it has none at all. */
async function noticeOf(folder: string, modules: ReadonlySet<string>): Promise<string> {
  const manifest = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  ) as Manifest;
  const { name, version, license } = manifest;
  const text = (await licenceFile(folder)) ?? (await legalComment(modules));
  if (text === undefined || license === undefined)
    throw new Error(`${name} says nothing of its licence; see whether it may be bundled.`);
  return `${name} ${version} (${license})\n\n${text.trim()}`;
}

async function licenceFile(folder: string): Promise<string | undefined> {
  const name = (await readdir(folder)).find((one) => LICENCE_FILE.test(one));
  return name && readFile(path.join(folder, name), 'utf8');
}

/** The first comment with a copyright in the modules: some packages have no file of their licence. */
async function legalComment(modules: ReadonlySet<string>): Promise<string | undefined> {
  for (const id of [...modules].toSorted()) {
    const source = id.replace(/\?.*$/, '');
    if (!existsSync(source)) continue;
    const found = (await readFile(source, 'utf8')).match(COMMENT)?.find((one) => LEGAL.test(one));
    if (found !== undefined) return found;
  }
  return undefined;
}
