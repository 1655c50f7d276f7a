/** Serves the built site, isolated, on a free port, and opens a display where there is none. */
import { spawn, type ChildProcess } from 'node:child_process';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { ISOLATION } from '../../isolation.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the built site. */
    site: string;
  }
}

/** Starts Xvfb on a display of its own choice; resolves to that display's name. */
function openDisplay(): Promise<{ readonly name: string; readonly server: ChildProcess }> {
  const screen = ['-screen', '0', '1920x1400x24', '-nolisten', 'tcp', '-displayfd', '3'];
  const server = spawn('Xvfb', screen, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => {
      reject(new Error('Xvfb did not start.'));
    });
    server.stdio[3]?.once('data', (number: Buffer) => {
      resolve({ name: `:${number.toString().trim()}`, server });
    });
  });
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const needed = process.platform === 'linux' && !process.env.DISPLAY;
  const display = needed ? await openDisplay().catch(() => undefined) : undefined;
  if (display) process.env.DISPLAY = display.name;
  const server = await preview({
    configFile: false,
    appType: 'mpa',
    logLevel: 'error',
    build: { outDir: 'dist-e2e' },
    preview: { host: 'localhost', port: 0, headers: ISOLATION },
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The site could not be served.');
  provide('site', `${address}regnetx/`);
  return async () => {
    await server.close();
    display?.server.kill();
  };
}
