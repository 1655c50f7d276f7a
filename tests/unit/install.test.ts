/** What `npm ci` brings, by any npm and without install scripts. */
import { expect, test } from 'vitest';
import lock from '../../package-lock.json' with { type: 'json' };
import manifest from '../../src/site/node/package.json' with { type: 'json' };

interface Locked {
  readonly link?: boolean;
  readonly version?: string;
  readonly integrity?: string;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly hasInstallScript?: boolean;
}

const packages: Readonly<Record<string, Locked>> = lock.packages;

/** The major and the minor number of a version, as one number that compares. */
const rank = (version: string): number => {
  const [major = NaN, minor = NaN] = version.replace(/^v/, '').split('.').map(Number);
  return major * 1000 + minor;
};

test('the scripts run in a Node that Astro accepts', () => {
  expect(rank(process.version)).toBeGreaterThanOrEqual(rank('22.12'));
});

test('a Node for every usual machine is in the lock file, all of one version', () => {
  const nodes = Object.entries(manifest.optionalDependencies);
  const machines = nodes.map(([name, version]) => {
    const locked = packages[`node_modules/${name}`];
    expect(locked?.version).toBe(version);
    expect(locked?.integrity).toMatch(/^sha512-/);
    return [locked?.os, locked?.cpu].flat().join(' ');
  });
  expect(machines.toSorted()).toEqual([
    'darwin arm64',
    'darwin x64',
    'linux arm64',
    'linux x64',
    'win32 x64',
  ]);
  expect(new Set(nodes.map(([, version]) => version)).size).toBe(1);
});

test('no new package wants to run a script when it is installed', () => {
  const wanting = Object.keys(packages).filter((name) => packages[name]?.hasInstallScript);
  // esbuild's only saves a start of Node, protobufjs' only warns: both work without.
  // Our own only helps npx (src/site/run.mjs).
  expect(wanting).toEqual(['node_modules/esbuild', 'node_modules/protobufjs', 'src/site/node']);
});
