import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const CHECKPOINTS = path.join(ROOT, 'tests/fixtures/checkpoints');
/** The path of a fixture. */
export const checkpoint = (name: string): string => path.join(CHECKPOINTS, name);
export const WEIGHTS = path.join(ROOT, 'tests/fixtures/weights');

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in the repository and collects what it says. */
export function run(program: string, args: readonly string[], stdin = ''): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, ...said });
    });
    child.stdin.end(stdin);
  });
}

/** The `regnetx` command as `npm run -s regnetx --` starts it, without npm's own second. */
export function regnetx(args: readonly string[], stdin?: string): Promise<Result> {
  return run(process.execPath, [path.join(ROOT, 'src/cli/main.ts'), ...args], stdin);
}

/** The one JSON document that a verb prints with `--json`. Throws when the verb fails. */
export async function regnetxJson<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await regnetx([...args, '--json']);
  if (code !== 0 || stderr !== '') throw new Error(`Exit ${String(code)}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** Runs a test in a folder of its own that is removed afterwards. */
export async function inTemporaryFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'regnetx-'));
  try {
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
