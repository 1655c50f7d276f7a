/** WebKitGTK, which is Safari's engine, over WebDriver. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Json, Key, Page } from './page.ts';

/** How an element is named on the wire: https://www.w3.org/TR/webdriver2/#elements */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Readonly<Record<Key, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
};

const FLAGS = [
  '--automation',
  '--enable-write-console-messages-to-stdout=true',
  // Safari has it on.
  '--features=+AllowWebGLInWorkers',
];

type Command = <T>(method: string, path: string, body?: unknown) => Promise<T>;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address) resolve(address.port);
        else reject(new Error('There is no free port.'));
      });
    });
  });

/** The driver's commands, answered or thrown. */
function commandsAt(origin: string): Command {
  return async <T>(method: string, where: string, body?: unknown) => {
    const response = await fetch(origin + where, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: T };
    if (response.ok) return value;
    throw new Error(`${method} ${where}: ${JSON.stringify(value)}`);
  };
}

/**
 * The driver throws away what its browser prints, so that a script in between keeps it: what the
 * console gets, line by line.
 */
function startScript(folder: string, browser: string): { readonly script: string; log: string } {
  const [script, log] = [path.join(folder, 'browser'), path.join(folder, 'console')];
  writeFileSync(log, '');
  writeFileSync(script, `#!/bin/sh\nexec stdbuf -oL -eL '${browser}' "$@" >>'${log}' 2>&1\n`, {
    mode: 0o700,
  });
  return { script, log };
}

/** The path of the first element that a selector finds. */
async function elementOf(command: Command, selector: string): Promise<string> {
  const body = { using: 'css selector', value: selector };
  const element = await command<Readonly<Record<string, string>>>('POST', '/element', body);
  return `/element/${element[ELEMENT]}`;
}

/** Lets the viewport be as asked for: what the driver sets is the window's size. */
async function resize(command: Command, width: number, height: number): Promise<void> {
  let rect = { width, height };
  for (let i = 0; i < 5; i++) {
    await command('POST', '/window/rect', rect);
    await sleep(200);
    const script = 'return [innerWidth, innerHeight]';
    const [w, h] = await command<[number, number]>('POST', '/execute/sync', { script, args: [] });
    if (w === width && h === height) return;
    rect = { width: rect.width + width - w, height: rect.height + height - h };
  }
  throw new Error(`The window cannot be made ${width} by ${height} pixels.`);
}

/**
 * Goes on in a window without toolbars: with them, none is narrower than 447 pixels. Only a click may
 * open one.
 */
async function popUp(command: Command): Promise<void> {
  const button = `<button onclick="open('about:blank', '', 'popup')">Open</button>`;
  await command('POST', '/url', { url: `data:text/html,${encodeURIComponent(button)}` });
  const [before] = await command<string[]>('GET', '/window/handles');
  await command('POST', `${await elementOf(command, 'button')}/click`, {});
  for (let i = 0; i < 50; i++) {
    const handle = (await command<string[]>('GET', '/window/handles')).find(
      (one) => one !== before,
    );
    if (handle !== undefined) return command('POST', '/window', { handle });
    await sleep(100);
  }
  throw new Error('The browser opened no window.');
}

export async function openWithWebDriver(browser: string, driver: string): Promise<Page> {
  const folder = mkdtempSync(path.join(tmpdir(), 'regnetx-webkit-'));
  const { script, log } = startScript(folder, browser);
  const port = await freePort();
  const server = spawn(driver, [`--port=${port}`], { stdio: 'ignore' });
  const send = commandsAt(`http://127.0.0.1:${port}`);
  const leave = (): void => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const capabilities = {
    alwaysMatch: {
      'webkitgtk:browserOptions': { binary: script, args: FLAGS },
      timeouts: { script: 120_000, pageLoad: 120_000 },
    },
  };
  const session = await untilUp(() =>
    send<{ sessionId: string; capabilities: { browserVersion: string } }>('POST', '/session', {
      capabilities,
    }),
  ).catch((error: unknown) => {
    leave();
    throw error;
  });
  const command: Command = (method, where, body) =>
    send(method, `/session/${session.sessionId}${where}`, body);
  await popUp(command);
  const keys = async (text: string): Promise<void> => {
    const actions = Array.from(text).flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  };
  let seen = 0;
  return {
    version: `WebKitGTK ${session.capabilities.browserVersion}`,
    goto: (url) => command('POST', '/url', { url }),
    evaluate: async <A extends readonly Json[], T>(
      call: (...args: A) => T | Promise<T>,
      ...args: A
    ) => {
      const script = `const [args, tell] = arguments;
        Promise.resolve().then(() => (${call.toString()})(...args))
          .then((value) => tell({ value }), (error) => tell({ error: String(error) }));`;
      const answer = await command<{ value: T } | { error: string }>('POST', '/execute/async', {
        script,
        args: [args],
      });
      if ('error' in answer) throw new Error(answer.error);
      return answer.value;
    },
    click: async (selector) => command('POST', `${await elementOf(command, selector)}/click`, {}),
    press: (key) => keys(KEYS[key]),
    type: keys,
    upload: async (selector, file) =>
      command('POST', `${await elementOf(command, selector)}/value`, { text: file }),
    resize: (width, height) => resize(command, width, height),
    screenshot: async () => Buffer.from(await command<string>('GET', '/screenshot'), 'base64'),
    complaints: () => {
      const written = readFileSync(log, 'utf8');
      const lines = written.slice(seen).split('\n');
      seen = written.length;
      return lines.filter((line) => /^CONSOLE .*(ERROR|WARN)/.test(line));
    },
    close: async () => {
      await command('DELETE', '').catch(() => undefined);
      leave();
    },
  };
}

/** Tries until the driver listens; what it then answers is final. */
async function untilUp<T>(attempt: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++)
    try {
      return await attempt();
    } catch (error) {
      // fetch throws a TypeError where nobody listens.
      if (!(error instanceof TypeError) || i === 50) throw error;
      await sleep(100);
    }
}
