/** Who imports whom: no circle between files of src/, not even of types. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { expect, test } from 'vitest';

const IMPORT = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return Array.from(text.matchAll(IMPORT), ([, path = '']) =>
    normalize(`${dirname(file)}/${path}`),
  ).filter((path) => existsSync(path));
}

/** The first circle that is met, as a path from a file to itself; null where there is none. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const circle = walk(file, []);
    if (circle) return circle;
  }
  return null;
}

test('a circle is found', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  expect(circleIn(imports)).toEqual(['b', 'c', 'b']);
});

test('no file of the sources imports itself, by whatever way', () => {
  const files = globSync('src/**/*.{ts,tsx,astro}');
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  // Far fewer would mean that the walk misses what is imported.
  expect([...imports.values()].flat().length).toBeGreaterThan(files.length);
  expect(circleIn(imports)).toBeNull();
});
