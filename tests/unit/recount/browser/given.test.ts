import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceOf, type GivenFile } from '../../../../src/recount/browser/given.ts';
import { numberedClasses } from '../../../../src/recount/classes.ts';
import { planRecount } from '../../../../src/recount/plan.ts';
import { countTasks } from '../../../../src/recount/run.ts';
import type { Answer, Picture, Source } from '../../../../src/recount/types.ts';
import { fakeFolder, refusal, type Tree } from './handles.ts';

const fileAt = (at: string, content = at): GivenFile => ({
  path: at,
  file: new File([content], at.replace(/^.*\//, '')),
});

async function listed(source: Source): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for await (const picture of source.list()) pictures.push(picture);
  return pictures;
}

const pathsOf = async (source: Source) => (await listed(source)).map((one) => one.path).sort();

/** A tar of files with their contents. */
function tarOf(files: Readonly<Record<string, string>>, name: string): File {
  const folder = mkdtempSync(path.join(tmpdir(), 'given-'));
  try {
    for (const [file, content] of Object.entries(files))
      writeFileSync(path.join(folder, file), content);
    const tar = execFileSync('tar', ['cf', '-', '-C', folder, ...Object.keys(files)]);
    return new File([tar], name);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('files', () => {
  test('keep their paths, sizes and contents', async () => {
    const source = sourceOf([fileAt('mine/3/a.png', 'abc'), fileAt('mine/4/b.png', 'de')]);
    const pictures = await listed(source);
    expect(pictures.map(({ path: at, size }) => [at, size])).toEqual([
      ['mine/3/a.png', 3],
      ['mine/4/b.png', 2],
    ]);
    expect(await (await pictures[1]?.read())?.text()).toBe('de');
  });

  test.each([
    [[], 'nothing'],
    [['a.png'], 'a.png'],
    [['mine/a.png', 'mine/b/c.png'], 'mine'],
    [['mine/a.png', 'minerals/b.png'], '2 files'],
    [['a.png', 'b.png', 'c.png'], '3 files'],
  ])('%j are called %s', (paths, name) => {
    expect(sourceOf(paths.map((at) => fileAt(at))).name).toBe(name);
  });

  test('in two archives of one name stay apart', async () => {
    const given = ['x', 'y'].map((content) => ({
      path: 'some.tar',
      file: tarOf({ 'a.png': content }, 'some.tar'),
    }));
    const pictures = await listed(sourceOf(given));
    expect(pictures.map((one) => one.path)).toEqual(['a.png', '2/a.png']);
    expect(await (await pictures[1]?.read())?.text()).toBe('y');
  });
});

const TREE: Tree = {
  'truth.csv': 'a.png,1',
  '3': { 'a.png': 'abc', deep: { 'b.png': 'x' } },
  '4': { 'c.png': 'de' },
};

describe('a folder by its handle', () => {
  test('gives the same paths as a folder of an input, so that the recount is the same', async () => {
    const paths = ['mine/3/a.png', 'mine/3/deep/b.png', 'mine/4/c.png', 'mine/truth.csv'];
    const folder = sourceOf(fakeFolder('mine', TREE));
    expect(await pathsOf(folder)).toEqual(paths);
    expect(folder.name).toBe('mine');
    expect(await pathsOf(sourceOf(paths.map((at) => fileAt(at))))).toEqual(paths);
  });

  test('is opened file by file, when each is read', async () => {
    const opened: string[] = [];
    const source = sourceOf(fakeFolder('mine', TREE, (at) => opened.push(at)));
    const pictures = await listed(source);
    expect(opened).toHaveLength(4);
    const first = pictures.find(({ path: at }) => at === 'mine/3/a.png');
    expect(first?.size).toBe(3);
    expect(await (await first?.read())?.text()).toBe('abc');
    expect(opened.at(-1)).toBe('3/a.png');
  });

  test('may hold more files than are asked for at a time, and archives', async () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`${i}.png`, 'x']));
    expect(await pathsOf(sourceOf(fakeFolder('mine', many)))).toHaveLength(150);
    const tar = tarOf({ 'a.png': 'abc' }, 'some.tar');
    const folder = fakeFolder('mine', { 'some.tar': await tar.text() });
    expect(await pathsOf(sourceOf(folder))).toEqual(['a.png']);
  });

  test('that may not be listed is a sentence', async () => {
    const folder = fakeFolder('mine', TREE, () => {
      throw refusal('NotAllowedError');
    });
    await expect(listed(sourceOf(folder))).rejects.toThrow(
      /^mine cannot be read \(The browser said NotAllowedError\): give permission again/,
    );
  });

  test('goes on without a file that is gone since it was listed', async () => {
    const source = sourceOf(
      fakeFolder('mine', TREE, (at) => {
        if (at === '4/c.png') throw refusal('NotFoundError');
      }),
    );
    const gone = (await listed(source)).find(({ path: at }) => at === 'mine/4/c.png');
    await expect(gone?.read()).rejects.toThrow('NotFoundError');
  });

  test.each(['NotAllowedError', 'NotFoundError', 'NotReadableError'])(
    'whose permission is withdrawn in mid-run (%s) leaves what was counted',
    async (name) => {
      const files = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}.png`, 'x']));
      let gone = false;
      const folder = fakeFolder('mine', { '3': files }, () => {
        if (gone) throw refusal(name);
      });
      const { tasks } = await planRecount(sourceOf(folder), numberedClasses(10));
      expect(tasks).toHaveLength(60);
      const answers: Answer[] = [];
      const machinery = {
        prepare: async (picture: Blob) => ({
          pixels: Float32Array.of((await picture.arrayBuffer()).byteLength),
          sha256: '0'.repeat(64),
        }),
        predict: (_: Float32Array, batch: number) => Promise.resolve(new Float32Array(10 * batch)),
        classes: 10,
        batch: 4,
        passes: 1,
        ahead: 2,
      };
      const counting = countTasks(tasks, machinery, (some) => {
        answers.push(...some);
        gone = answers.length >= 12;
      });
      await expect(counting).rejects.toThrow(
        /cannot be read any more .* What was counted stays\.$/,
      );
      // What had been opened before is counted yet.
      expect(answers.length).toBeGreaterThanOrEqual(12);
      expect(answers.length).toBeLessThan(30);
    },
  );
});
