import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { parseCertificate, type Certificate } from '../../../src/recount/certificate.ts';
import expected from '../../fixtures/recount/expected.json' with { type: 'json' };
import { checkpoint, inTemporaryFolder, regnetx, regnetxJson, ROOT, WEIGHTS } from './run.ts';

const PICTURES = path.join(ROOT, 'tests/fixtures/recount/pictures');
const NETWORK = path.join(WEIGHTS, 'regnetx_002.tiny-imagenet-200.pth');

const recount = (...args: string[]) =>
  regnetxJson<Certificate>('recount', ...args, '--weights', NETWORK);

/** A copy of the fixture's pictures, and a place beside it. */
function withCopy(body: (copy: string, folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const copy = path.join(folder, 'pictures');
    cpSync(PICTURES, copy, { recursive: true });
    await body(copy, folder);
  });
}

describe('recount', () => {
  test('gives PyTorch’s counts and answers', async () => {
    const certificate = await recount(PICTURES);
    const { count, top1, top5, predictions = [], pictures } = certificate;
    expect(parseCertificate(JSON.stringify(certificate), 'it')).toEqual(certificate);
    expect({ count, top1, top5 }).toEqual({
      count: expected.count,
      top1: expected.top1,
      top5: expected.top5,
    });
    expect(pictures).toMatchObject({ count, total: count, source: 'pictures' });
    const byPath = new Map(predictions.map((one) => [one.path, one]));
    for (const { file, truth, top5: classes, probabilities } of expected.pictures) {
      const ours = byPath.get(file);
      expect(ours).toMatchObject({ truth, top5: classes });
      for (const [i, probability] of probabilities.entries())
        expect(Math.abs((ours?.probabilities[i] ?? NaN) - probability)).toBeLessThan(1e-5);
    }
  });

  test('counts the same in archives and with lists, however pictures are called', () =>
    withCopy(async (copy, folder) => {
      const tar = path.join(folder, 'all.tar');
      execFileSync('tar', ['-cf', tar, '-C', copy, '.']);
      const flat = path.join(folder, 'flat');
      mkdirSync(flat);
      const rows = expected.pictures.map(({ file, truth }, i) => {
        cpSync(path.join(copy, file), path.join(flat, `${i}${path.extname(file)}`));
        return `${i},${truth}`;
      });
      const list = path.join(folder, 'truth.csv');
      writeFileSync(list, ['image,index', ...rows].join('\n'));
      const [whole, packed, listed] = [
        await recount(PICTURES),
        await recount(tar, '--batch', '5', '--threads', '1'),
        await recount(flat, '--truth', list, '--no-predictions'),
      ];
      const hash = whole.pictures.sha256;
      for (const one of [packed, listed]) {
        expect(one.pictures.sha256).toBe(hash);
        expect([one.count, one.top1, one.top5]).toEqual([whole.count, whole.top1, whole.top5]);
      }
      expect(listed.predictions).toBeUndefined();
      const hashes = whole.predictions?.map(({ sha256 }) => `${sha256}\n`).sort() ?? [];
      expect(execFileSync('sha256sum', { input: hashes.join('') }).toString()).toContain(hash);
    }));

  test('lists what it cannot count', () =>
    withCopy(async (copy) => {
      const folder = path.join(copy, 'n02123045');
      await sharp({ create: { width: 12_000, height: 20, channels: 3, background: '#123' } })
        .png()
        .toFile(path.join(folder, 'wide.png'));
      writeFileSync(path.join(folder, 'broken.jpg'), 'no picture');
      writeFileSync(path.join(copy, 'lost.png'), '');
      mkdirSync(path.join(copy, 'n01440764'));
      writeFileSync(path.join(copy, 'n01440764', 'tench.png'), '');
      const { count, top1, problems, notes } = await recount(copy);
      expect([count, top1]).toEqual([expected.count, expected.top1]);
      const reasons = Object.fromEntries(
        problems.flatMap(({ files }) => files.map((file) => [file.path, file.reason])),
      );
      expect(reasons).toEqual({
        'lost.png': 'No list names it, and no folder that it is in is called like a class.',
        'n01440764/tench.png': 'n01440764 is none of the network’s 200 classes.',
        'n02123045/broken.jpg': 'Input buffer contains unsupported image format.',
        'n02123045/wide.png':
          'It measures 12,000 × 20 pixels, more than are counted (10,000 a side, 50 million in all); scale it down.',
      });
      expect(notes[0]).toMatch(/^194 of the network’s 200 classes have no picture/);
    }));

  test('prepares pictures as the protocol says', async () => {
    const { protocol } = await recount(PICTURES, '--protocol', 'pycls');
    expect(protocol).toMatchObject({
      name: 'pycls',
      resize: 256,
      crop: 224,
      antialias: false,
      cropOffset: 'half-up',
    });
  });

  test('tells people the accuracy and what is published', async () => {
    const { stdout, stderr, code } = await regnetx(['recount', PICTURES, '--weights', NETWORK]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^regnetx_002 from .*, 30 of 30 pictures counted\ntop-1 {2}43\.33%/);
    expect(stdout).toMatch(/published top-1 49\.00% on 10,000 pictures: too early to say/);
  });
});

describe('recount refuses', () => {
  const sentence = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await regnetx(['recount', ...args]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd()).not.toContain('\n');
    return stderr;
  };
  const weights = ['--weights', NETWORK];

  test('what holds nothing to count', () =>
    inTemporaryFolder(async (folder) => {
      expect(await sentence(folder, ...weights)).toMatch(/holds no files: choose a folder/);
      writeFileSync(path.join(folder, 'a.png'), '');
      expect(await sentence(folder, ...weights)).toMatch(/^Nothing says what the only picture/);
      mkdirSync(path.join(folder, 'n01440764'));
      cpSync(path.join(folder, 'a.png'), path.join(folder, 'n01440764', 'b.png'));
      expect(await sentence(path.join(folder, 'n01440764', '..'), ...weights)).toMatch(
        /^The truth is for another set of classes/,
      );
      expect(await sentence(path.join(folder, 'a.png'), ...weights)).toMatch(/is no archive/);
      expect(await sentence(path.join(folder, 'missing'), ...weights)).toMatch(/there is no such/);
    }));

  test('what it does not understand', async () => {
    expect(await sentence(PICTURES)).toBe('Name the checkpoint with --weights FILE.\n');
    expect(await sentence(PICTURES, ...weights, '--protocol', 'x')).toMatch(
      /^--protocol must be one of .*pycls/,
    );
    expect(await sentence(PICTURES, ...weights, '--batch', '0')).toMatch(/^--batch must be/);
    expect(await sentence(PICTURES, '--weights', checkpoint('one-output.pth'))).toMatch(
      /single output/,
    );
  });
});

test('recount --compare pairs two certificates', () =>
  inTemporaryFolder(async (folder) => {
    const [a, b] = [path.join(folder, 'a.json'), path.join(folder, 'b.json')];
    const whole = await recount(PICTURES);
    const other = await recount(PICTURES, '--protocol', 'pycls');
    writeFileSync(a, JSON.stringify(whole));
    writeFileSync(b, JSON.stringify(other));
    const compared = await regnetxJson<Record<string, unknown>>('recount', '--compare', a, b);
    expect(compared).toMatchObject({ count: 30, onlyInFirst: 0, onlyInSecond: 0 });
    expect(compared.difference).toBeCloseTo((100 * (whole.top1 - other.top1)) / 30, 10);
    const { stdout } = await regnetx(['recount', '--compare', a, b]);
    expect(stdout).toMatch(/^30 pictures in common/);
    writeFileSync(b, readFileSync(path.join(PICTURES, '../expected.json')));
    const { stderr } = await regnetx(['recount', '--compare', a, b]);
    expect(stderr).toMatch(/b\.json is no certificate of a recount/);
  }));
