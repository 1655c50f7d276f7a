import { describe, expect, test } from 'vitest';
import small from '../../../content/checkpoints/regnetx_002.pycls_in1k.json' with { type: 'json' };
import pinned from '../../../content/checkpoints/regnetx_004.pycls_in1k.json' with { type: 'json' };
import gone from '../../../content/checkpoints/regnetx_002.d-li14.json' with { type: 'json' };
import large from '../../../content/checkpoints/regnetx_320.pycls_in1k.json' with { type: 'json' };
import { checkpointEntrySchema } from '../../../src/checkpoints/description.ts';
import { doubtsAbout } from '../../../src/islands/classifier/doubts.ts';
import { officialWeights } from '../../../src/islands/classifier/official.ts';
import { timeLeft } from '../../../src/islands/classifier/words.ts';
import { modelOf } from '../../../src/zoo/models.ts';

const official = (id: string, entries: readonly unknown[], base?: string) =>
  officialWeights(
    entries.map((entry) => checkpointEntrySchema.parse(entry)),
    modelOf(id).design,
    base,
  );

describe('what a page offers', () => {
  test('is on the hub, with a computed size where none is published', () => {
    const [weights, ...others] = official('regnetx_002', [gone, small]);
    expect(others).toEqual([]);
    expect(weights).toMatchObject({
      id: 'regnetx_002.pycls_in1k',
      url: 'https://huggingface.co/timm/regnetx_002.pycls_in1k/resolve/main/model.safetensors',
      size: '≈\u00a010.8\u00a0MB',
      meaning: { labels: 'imagenet-1k', preprocessing: { interpolation: 'bicubic', resize: 256 } },
    });
    expect(weights).not.toHaveProperty('sha256');
  });

  test('has the published size and hash where there are some', () => {
    expect(official('regnetx_004', [pinned])[0]).toMatchObject({
      bytes: 20_800_000,
      size: '20.8\u00a0MB',
      sha256: pinned.sha256,
    });
  });

  test.each([
    ['https://weights.example.org/', 'https://weights.example.org/timm/'],
    ['/regnetx/hub', '/regnetx/hub/timm/'],
  ])('is below another base, %s', (base, beginning) => {
    expect(official('regnetx_002', [small], base)[0]?.url).toBe(
      `${beginning}regnetx_002.pycls_in1k/resolve/main/model.safetensors`,
    );
  });
});

describe('what speaks against a download', () => {
  const [tiny, huge] = [official('regnetx_002', [small])[0], official('regnetx_320', [large])[0]];
  if (!tiny || !huge) throw new Error('The catalogue has lost its official weights.');

  test('on most devices nothing', () => {
    expect(doubtsAbout(tiny.bytes, { saveData: false, obstacle: null })).toEqual([]);
  });

  test('a wish to save data, unless all is here', () => {
    expect(doubtsAbout(6_000_000, { saveData: true, obstacle: null })).toEqual([
      'Your browser asks to save data, and 6.0 MB are still to be downloaded.',
    ]);
    expect(doubtsAbout(0, { saveData: true, obstacle: null })).toEqual([]);
  });

  test('what stands against running it, downloaded or not', () => {
    expect(huge.memory).toBeGreaterThan(2 * huge.bytes);
    expect(huge.memory).toBeLessThan(1.1e9);
    for (const missing of [huge.bytes, 0])
      expect(doubtsAbout(missing, { saveData: false, obstacle: 'Too large.' })).toEqual([
        'Too large.',
      ]);
  });
});

test.each([
  [null, ''],
  [0.2, 'about 1 s left'],
  [41.2, 'about 41 s left'],
  [100, 'about 2 min left'],
  [3600, 'about 60 min left'],
])('%d seconds are "%s"', (seconds, words) => {
  expect(timeLeft(seconds)).toBe(words);
});
