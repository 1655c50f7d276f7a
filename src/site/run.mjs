/**
 * Runs a tool, or a TypeScript file, in a Node that can: `node src/site/run.mjs astro build`. That is the Node
 * which runs this, or else the one that `npm ci` brings. npm 10 takes its link out of
 * node_modules/.bin again, so it is found by its package, and the link is put back.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const MODULES = join(ROOT, 'node_modules');

/** The first version that runs TypeScript as it is; Astro wants 22.12. */
const OLDEST = [22, 18];

const manifestOf = (name) => JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8'));

function isRecent(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The Node that is installed for this machine, or undefined. */
function installedNode() {
  const nodes = join(import.meta.dirname, 'node', 'package.json');
  const { optionalDependencies } = JSON.parse(readFileSync(nodes, 'utf8'));
  const name = Object.keys(optionalDependencies).find((one) => existsSync(join(MODULES, one)));
  return name === undefined ? undefined : join(MODULES, name, manifestOf(name).bin.node);
}

/** Later calls of `npx` find it then, too. */
function link(node) {
  const place = join(MODULES, '.bin', 'node');
  if (process.platform === 'win32' || existsSync(place)) return;
  rmSync(place, { force: true });
  symlinkSync(relative(dirname(place), node), place);
}

/** The file that a tool starts from; what is a file already stays as it is. */
function startOf(tool) {
  if (tool.includes('/')) return tool;
  const { bin } = manifestOf(tool);
  return join(MODULES, tool, typeof bin === 'string' ? bin : bin[tool]);
}

function run(node, tool, args) {
  const child = spawn(node, [startOf(tool), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: dirname(node) + delimiter + process.env.PATH },
  });
  // The keyboard's interrupt reaches both by itself; an order to end is passed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}

const installed = installedNode();
if (installed !== undefined) link(installed);
const node = isRecent(process.versions.node) ? process.execPath : installed;
const [tool, ...args] = process.argv.slice(2);
// Without a tool, as after an installation, only the link is put back.
if (tool !== undefined && node !== undefined) run(node, tool, args);
else if (tool !== undefined) {
  process.stderr.write(
    `Node ${process.versions.node} is too old, and none newer is installed for this machine: use Node ${OLDEST.join('.')} or newer.\n`,
  );
  process.exitCode = 1;
}
