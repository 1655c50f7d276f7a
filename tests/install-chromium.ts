/**
 * Finds a Chromium for the tests, or installs one: Playwright's download, else the system's package.
 * Says which one it is. Run by `npm test`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existingChromium } from './chromium.ts';

function attempt(command: string, args: string[]): boolean {
  console.log(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', timeout: 600_000 }).status === 0;
}

function install(): string | undefined {
  console.log('No Chromium on this machine; installing one.');
  const root = process.getuid?.() === 0;
  const playwright = [
    'playwright',
    'install',
    ...(root ? ['--with-deps'] : []),
    'chromium-headless-shell',
    'chromium',
  ];
  if (attempt('npx', playwright) && existingChromium() !== undefined) return existingChromium();
  const apt = root ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const [command = 'apt-get', ...prefix] = apt;
  attempt(command, [...prefix, 'update']);
  attempt(command, [...prefix, 'install', '-y', '--no-install-recommends', 'chromium']);
  return existingChromium();
}

const path = existingChromium() ?? install();
if (path === undefined) {
  console.error(
    'No Chromium could be found or installed. Install Chromium or Chrome, or set CHROME_PATH to one, and run the tests again.',
  );
  process.exit(1);
}
const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
console.log(`Tests run in ${version} (${path}).`);
