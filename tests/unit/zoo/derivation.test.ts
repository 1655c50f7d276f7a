import { describe, expect, it } from 'vitest';
import { derivationOf } from '../../../src/zoo/derivation.ts';
import { citation, citations, timings } from '../../../src/zoo/results.ts';
import { today } from '../../../src/zoo/speed.ts';
import { openModelZoo, paddleclas, pycls, seed } from '../../../src/zoo/sources.ts';

const first = <Value>([value]: readonly Value[]): Value => {
  if (value === undefined) throw new Error('There is none.');
  return value;
};

describe('how a figure became what stands on the page', () => {
  it('an error, an accuracy, without the digits of binary fractions', () => {
    expect(derivationOf(citation(pycls, 'regnetx_002', 'top1_error'))).toEqual({
      of: 'Accuracy, %',
      words: '100 − 31.088 = 68.912',
    });
    expect(derivationOf(citation(pycls, 'regnetx_002', 'top5_error'))?.words).toBe(
      '100 − 11.342 = 88.658',
    );
  });

  it('a forward time, the time of 64 pictures', () => {
    expect(derivationOf(citation(pycls, 'regnetx_002', 'test_fw_time'))).toEqual({
      of: '64 pictures, ms',
      words: '1,000 × 0.0165 × 64 / 100 = 10.56',
    });
  });

  it('a rate, or the time of a batch, the time of one picture', () => {
    expect(derivationOf(today('gpu', 'regnetx_002').citation)?.words).toBe(
      '1,000 / 37,681.27 = 0.02654',
    );
    const eight = timings(paddleclas, 'regnetx_320').find(({ timed }) => timed?.batch === 8);
    expect(eight && derivationOf(eight)?.words).toBe('51.04 / 8 = 6.38');
  });

  it('operations, multiply-adds', () => {
    const { words } = derivationOf(first(citations(openModelZoo, 'regnetx_032', 'flops_2x'))) ?? {};
    expect(words).toMatch(/^[\d.]+ \/ 2 = [\d.]+$/);
  });

  it('nothing, where it stands as it was published', () => {
    expect(derivationOf(citation(seed, 'regnetx_002', 'top1'))).toBeNull();
    expect(derivationOf(citation(pycls, 'regnetx_002', 'params'))).toBeNull();
  });
});
