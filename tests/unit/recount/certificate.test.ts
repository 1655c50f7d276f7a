import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  certificateOf,
  compareCertificates,
  parseCertificate,
  picturesHash,
  type Certificate,
} from '../../../src/recount/certificate.ts';
import type { Answer } from '../../../src/recount/types.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const answer = (picture: string, truth: number, taken: number): Answer => ({
  path: `${picture}.png`,
  sha256: sha256(picture),
  truth,
  top5: [taken, 9],
  probabilities: [Math.fround(0.7), Math.fround(0.1)],
});

function certificate(answers: readonly Answer[], changes: object = {}): Certificate {
  const document = certificateOf({
    checkpoint: { sha256: sha256('weights'), name: 'x.pth', variant: 'regnetx_002', classes: 10 },
    protocol: {
      name: 'pycls',
      resize: 256,
      crop: 224,
      interpolation: 'bilinear',
      antialias: false,
      channelOrder: 'RGB',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    source: 'pictures',
    total: answers.length,
    answers,
    problems: [{ kind: 'unreadable', path: 'x.png', reason: 'It is damaged.' }],
    notes: [],
    backend: 'wasm',
    runtime: 'Node',
    decoder: 'sharp',
    siteVersion: '0.1.0',
  });
  return parseCertificate(JSON.stringify({ ...document, ...changes }), 'a.json');
}

const FIRST = ['a', 'b', 'c', 'd'].map((name) => answer(name, 1, name === 'd' ? 2 : 1));

describe('the hash of pictures', () => {
  test('is that of the sorted hashes, a line each', () => {
    const hashes = FIRST.map((one) => one.sha256);
    const lines = hashes.toSorted().map((hash) => `${hash}\n`);
    expect(picturesHash(hashes)).toBe(sha256(lines.join('')));
    expect(picturesHash(hashes.toReversed())).toBe(picturesHash(hashes));
    expect(picturesHash(hashes.slice(1))).not.toBe(picturesHash(hashes));
  });
});

describe('a certificate', () => {
  test('is read as it was written', () => {
    const read = certificate(FIRST);
    expect(read).toMatchObject({
      count: 4,
      top1: 3,
      top5: 3,
      pictures: { count: 4, total: 4, source: 'pictures' },
      protocol: { name: 'pycls' },
      problems: [
        { kind: 'unreadable', count: 1, files: [{ path: 'x.png', reason: 'It is damaged.' }] },
      ],
    });
    expect(parseCertificate(JSON.stringify(read), 'b.json')).toEqual(read);
    expect(read.predictions?.[0]?.probabilities).toEqual([0.7, 0.1]);
  });

  test.each([
    [{ top1: 5 }, /a\.json is no certificate of a recount \(top1, top5 and count disagree\)/],
    [{ count: 5 }, /count is not pictures\.count/],
    [{ checkpoint: { sha256: 'x' } }, /checkpoint\.sha256: /],
    [{ predictions: [] }, /there are not as many predictions as pictures/],
    [{ schema: 2 }, /version 2; versions up to 1 are known/],
    [{ schema: 'x' }, /is no certificate/],
  ])('with %j is refused', (changes, sentence) => {
    expect(() => certificate(FIRST, changes)).toThrow(sentence);
  });

  test('is JSON', () => {
    expect(() => parseCertificate('{', 'a.json')).toThrow('a.json is no JSON');
    expect(() => parseCertificate('[1]', 'a.json')).toThrow('is no certificate');
  });
});

describe('two certificates', () => {
  test('are compared on the pictures that both have', () => {
    const second = [answer('e', 1, 1), answer('d', 1, 1), answer('c', 1, 3), answer('b', 1, 3)];
    const comparison = compareCertificates(certificate(FIRST), certificate(second));
    expect(comparison).toMatchObject({
      count: 3,
      onlyInFirst: 1,
      onlyInSecond: 1,
      paired: { both: 0, onlyFirst: 2, onlySecond: 1, neither: 0 },
      p: 1,
    });
    expect(comparison.difference).toBeCloseTo(100 / 3, 10);
    expect(comparison.interval[0]).toBeLessThan(0);
    expect(comparison.disagreements.map(([one]) => one.path)).toEqual(['b.png', 'c.png', 'd.png']);
  });

  test('pair a picture that is there twice as often as both have it', () => {
    const twice = certificate([...FIRST, ...FIRST]);
    expect(compareCertificates(twice, certificate(FIRST))).toMatchObject({
      count: 4,
      onlyInFirst: 4,
      onlyInSecond: 0,
    });
  });

  test('must have predictions, pictures in common and one truth', () => {
    const first = certificate(FIRST);
    const without = certificate(FIRST, { predictions: undefined });
    expect(() => compareCertificates(first, without)).toThrow(/second certificate is without/);
    expect(() => compareCertificates(first, certificate([answer('z', 1, 1)]))).toThrow(
      /no picture in common/,
    );
    expect(() => compareCertificates(first, certificate([answer('a', 2, 1)]))).toThrow(
      /disagree on what a\.png shows \(class 1 or 2\)/,
    );
  });
});
