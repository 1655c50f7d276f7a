/** The package's build: `npm pack` runs it. */
import { defineConfig, type UserConfig } from 'tsdown';
import { notices } from './src/package/build/notices.ts';
import { classNames, workers } from './src/package/build/plugins.ts';

const ENTRIES = ['index', 'checkpoints', 'regnet', 'tfjs', 'cli'] as const;

const shared: UserConfig = {
  platform: 'browser',
  target: 'es2023',
  logLevel: 'error',
  // Nothing has to be installed beside it, and a page takes it without a bundler.
  deps: { alwaysBundle: [/^(?!node:)/], neverBundle: [/^node:/] },
};

const legal = notices('lib/THIRD-PARTY-NOTICES.txt');

const fileOf = (entry: string) => `src/package/${entry}.ts`;

/** Each by itself: what one needs of the common parts is no burden on another. */
const code = ENTRIES.map((entry): UserConfig => ({
  ...shared,
  entry: [fileOf(entry)],
  outDir: `lib/${entry}`,
  dts: false,
  // Node shows the line of an error.
  minify: entry !== 'cli',
  plugins: [workers, classNames, legal],
  // A page's own TensorFlow.js must be the one that the kernel is registered with.
  ...(entry === 'tfjs' && { deps: { neverBundle: [/^@tensorflow\//] } }),
}));

const types: UserConfig = {
  ...shared,
  entry: ENTRIES.filter((entry) => entry !== 'cli').map(fileOf),
  outDir: 'lib/types',
  dts: { emitDtsOnly: true },
  deps: { ...shared.deps, neverBundle: [/^@tensorflow\//] },
};

export default defineConfig([...code, types]);
