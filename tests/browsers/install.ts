/**
 * Finds the browsers of the tests, or installs them: with Playwright, or as the system's packages. Says
 * which they are. Without a Chromium it fails, and in CI without any of the three. Run by `npm test`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { findBrowser, KINDS, type Kind } from './find.ts';

/** What Debian and Ubuntu call them; Firefox and WebKit draw with Mesa, in a window on Xvfb. */
const WINDOW = ['xvfb', 'libgl1-mesa-dri', 'libegl1', 'libgles2'];
const PACKAGES: Readonly<Record<Kind, readonly string[]>> = {
  chromium: ['chromium'],
  firefox: ['firefox-esr', ...WINDOW],
  webkit: ['webkit2gtk-driver', ...WINDOW],
};

const ADVICE: Readonly<Record<Kind, string>> = {
  chromium: 'Install Chromium or Chrome, or set CHROME_PATH to one, and run the tests again.',
  firefox: 'Install Firefox and, on Linux, Xvfb, or run `npx playwright install firefox`.',
  webkit: 'Install webkit2gtk-driver and Xvfb, or run `npx playwright install webkit`.',
};

const root = process.getuid?.() === 0;

/** Runs a command where it exists, and says whether it went well. */
function attempt(command: string, args: readonly string[]): boolean {
  console.log(`> ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'inherit', timeout: 600_000, env }).status === 0;
}

let listed = false;

/** Installs the packages of a system with apt, where that needs no password. */
function installPackages(kind: Kind): void {
  if (process.platform !== 'linux') return;
  const apt = (...args: string[]) =>
    root ? attempt('apt-get', args) : attempt('sudo', ['-n', 'apt-get', ...args]);
  listed ||= apt('update');
  if (listed) apt('install', '-y', '--no-install-recommends', ...PACKAGES[kind]);
}

function installPlaywrights(kind: Kind): void {
  const parts = kind === 'chromium' ? ['chromium-headless-shell', 'chromium'] : [kind];
  attempt('npx', ['playwright', 'install', ...(root ? ['--with-deps'] : []), ...parts]);
}

function install(kind: Kind): void {
  console.log(`No ${kind} on this machine; installing one.`);
  // The stock Firefox and WebKitGTK are what the tests are at home in.
  const ways =
    kind === 'chromium'
      ? [installPlaywrights, installPackages]
      : [installPackages, installPlaywrights];
  for (const way of ways) if (findBrowser(kind) === undefined) way(kind);
}

let failed = false;
for (const kind of KINDS) {
  if (findBrowser(kind) === undefined) install(kind);
  const found = findBrowser(kind);
  if (found) {
    // WebKit's driver does not tell its version before a browser runs.
    const version =
      found.by === 'webdriver'
        ? 'WebKitGTK'
        : execFileSync(found.path, ['--version'], { encoding: 'utf8' }).trim();
    console.log(`Tests run in ${version} (${found.path}).`);
    continue;
  }
  const needed = kind === 'chromium' || process.env.CI !== undefined;
  failed ||= needed;
  console.error(
    `No ${kind} could be found or installed${needed ? '.' : '; the tests go on without it.'} ${ADVICE[kind]}`,
  );
}
process.exitCode = failed ? 1 : 0;
