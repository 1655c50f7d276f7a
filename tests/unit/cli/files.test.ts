/** How the command reads and writes files, with real processes, devices, pipes, links and signals. */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { readCheckpoint } from '../../../src/checkpoints/index.ts';
import { CHECKPOINTS, inTemporaryFolder, regnetx, ROOT, run, type Result } from './run.ts';

const SOURCE = path.join(CHECKPOINTS, 'timm.safetensors');
const MAIN = path.join(ROOT, 'src/cli/main.ts');
const convert = (output: string): Promise<Result> => regnetx(['convert', SOURCE, '-o', output]);

function expectOneLine({ code, stdout, stderr }: Result, message: RegExp | string): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr.match(/\n/g)).toHaveLength(1);
}

const isWhole = (file: string): boolean =>
  readCheckpoint(new Uint8Array(readFileSync(file))).tensors.size > 100;

describe('what is read', () => {
  test.each([
    ['/dev/zero', /^\/dev\/zero cannot be read: it is a device or a pipe;/],
    ['/dev/full', /it is a device or a pipe;/],
    [CHECKPOINTS, /it is a folder\./],
    [path.join(SOURCE, 'below'), /a part of its path is no folder\./],
    ['none.pth', /there is no such file\./],
    ['x'.repeat(300), /its name is too long\./],
    ['', /it is a folder\./],
  ])('%s is refused with a sentence', async (file, sentence) => {
    expectOneLine(await regnetx(['inspect', file]), sentence);
    expectOneLine(await regnetx(['verify', SOURCE, '--golden', file]), sentence);
  });

  test('a pipe is refused at once, whether somebody writes to it or nobody does', () =>
    inTemporaryFolder(async (folder) => {
      const pipe = path.join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      expectOneLine(await regnetx(['inspect', pipe]), /it is a device or a pipe;/);
    }));

  test('a file beyond all checkpoints is refused before it is read', () =>
    inTemporaryFolder(async (folder) => {
      const file = path.join(folder, 'sparse.pth');
      execFileSync('truncate', ['-s', '1T', file]);
      expectOneLine(await regnetx(['inspect', file]), /it has 1099\.5 GB, more than any RegNetX/);
    }));
});

describe('what is written', () => {
  test.each([
    ['/dev/null', /^\/dev\/null cannot be written: it is a device or a pipe;/],
    ['/dev/full', /it is a device or a pipe;/],
    ['/dev/stdout', /it is a device or a pipe;/],
  ])('%s is not replaced', async (file, sentence) => {
    expectOneLine(await convert(file), sentence);
    expect(statSync(file).isFile()).toBe(false);
  });

  test('a folder or a pipe is not replaced, nor what may not be changed', () =>
    inTemporaryFolder(async (folder) => {
      const pipe = path.join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const circle = path.join(folder, 'circle');
      symlinkSync('circle', circle);
      expectOneLine(await convert(folder), /it is a folder;/);
      expectOneLine(await convert(`${folder}/new/`), /that is the name of a folder;/);
      expectOneLine(await convert(pipe), /it is a device or a pipe;/);
      expectOneLine(await convert(circle), /its links lead in a circle/);
      expectOneLine(await convert(path.join(SOURCE, 'x')), /no folder\./);
      expect(statSync(pipe).isFIFO()).toBe(true);
      expect(readdirSync(folder).sort()).toEqual(['circle', 'pipe']);
    }));

  test('a link is followed, whether it leads to a file or to none yet', () =>
    inTemporaryFolder(async (folder) => {
      const at = (...names: string[]) => path.join(folder, ...names);
      mkdirSync(at('below'));
      writeFileSync(at('below/old'), 'old');
      chmodSync(at('below/old'), 0o640);
      symlinkSync('below/old', at('to-old'));
      symlinkSync('below/new', at('to-new'));
      symlinkSync('to-new', at('to-link'));
      for (const [link, target] of [
        ['to-old', 'below/old'],
        ['to-link', 'below/new'],
      ] as const) {
        expect((await convert(at(link))).code).toBe(0);
        expect(isWhole(at(target))).toBe(true);
      }
      expect([readlinkSync(at('to-old')), readlinkSync(at('to-link'))]).toEqual([
        'below/old',
        'to-new',
      ]);
      expect(statSync(at('below/old')).mode & 0o777).toBe(0o640);
      expect(readdirSync(at('below')).sort()).toEqual(['new', 'old']);
    }));

  test('a disk that takes no more leaves the file that was there, and nothing beside it', () =>
    inTemporaryFolder(async (folder) => {
      const file = path.join(folder, 'out.safetensors');
      writeFileSync(file, 'what was there');
      // The shell's limit on the size of files, in blocks, stops writing as a full disk does.
      const script = `ulimit -f 100; exec "$0" "$1" convert "$2" -o "$3"`;
      const args = ['-c', script, process.execPath, MAIN, SOURCE, file];
      expectOneLine(await run('bash', args), /cannot be written: /);
      expect(readFileSync(file, 'utf8')).toBe('what was there');
      expect(readdirSync(folder)).toEqual(['out.safetensors']);
    }));

  test('a standard output that takes nothing ends in one line', async () => {
    const script = `exec "$0" "$1" describe regnetx_002 > /dev/full`;
    expectOneLine(
      await run('bash', ['-c', script, process.execPath, MAIN]),
      /^Standard output cannot be written: the disk is full\.$/m,
    );
  });

  test('a reader that has seen enough is no error', async () => {
    const script = `"$0" "$1" describe regnetx_320 --json | head -1; exit \${PIPESTATUS[0]}`;
    expect(await run('bash', ['-c', script, process.execPath, MAIN])).toEqual({
      code: 0,
      stdout: '{\n',
      stderr: '',
    });
  });
});

describe('stopping', () => {
  /** Writes slowly through the command's own means, so that a signal comes in the middle. */
  const SLOW = `
    import { endWhenStopped } from '${ROOT}src/cli/stopping.ts';
    import { writeWhole } from '${ROOT}src/cli/write-file.ts';
    const [, file] = process.argv;
    function* pieces() {
      const wait = new Int32Array(new SharedArrayBuffer(4));
      for (let i = 0; i < 500; i++) {
        yield new Uint8Array(1000);
        Atomics.wait(wait, 0, 0, 10);
      }
    }
    endWhenStopped();
    await writeWhole({ file, pieces: pieces() });
  `;

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves nothing behind', (signal) =>
    inTemporaryFolder(async (folder) => {
      const args = ['--input-type=module-typescript', '-e', SLOW, path.join(folder, 'out')];
      const child = spawn(process.execPath, args);
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      const ended = new Promise((resolve) => child.once('close', resolve));
      await expect.poll(() => readdirSync(folder), { timeout: 10_000 }).toHaveLength(1);
      expect(existsSync(path.join(folder, 'out'))).toBe(false);
      child.kill(signal);
      expect([await ended, said]).toEqual([1, 'Stopped.\n']);
      expect(readdirSync(folder)).toEqual([]);
    }),
  );

  test('at any moment, a conversion leaves a whole file or none', () =>
    inTemporaryFolder(async (folder) => {
      const moments = Array.from({ length: 12 }, (_, i) => 100 + 40 * i);
      for (const [i, ms] of moments.entries()) {
        const own = path.join(folder, String(i));
        mkdirSync(own);
        const out = path.join(own, 'out.safetensors');
        const child = spawn(process.execPath, [MAIN, 'convert', SOURCE, '-o', out]);
        let said = '';
        child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
        const ended = new Promise((resolve) => child.once('close', resolve));
        await pause(ms);
        child.kill('SIGINT');
        await ended;
        expect(['', 'Stopped.\n']).toContain(said);
        for (const name of readdirSync(own)) expect(name).toBe('out.safetensors');
        if (existsSync(out)) expect(isWhole(out)).toBe(true);
      }
    }));
});
