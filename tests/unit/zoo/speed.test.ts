import { describe, expect, it } from 'vitest';
import { models } from '../../../src/zoo/models.ts';
import { passportId } from '../../../src/zoo/results.ts';
import {
  fastestByDevice,
  publishedTimes,
  setupWords,
  speedsOf,
  times,
  today,
} from '../../../src/zoo/speed.ts';

describe('published speeds', () => {
  it('agree with worked examples', () => {
    // timm: 37,681.27 pictures a second; pycls: 16.5 ms for 100 pictures.
    expect(today('gpu', 'regnetx_002').perPicture).toBeCloseTo(1000 / 37_681.27, 12);
    const v100 = speedsOf('regnetx_002').find(({ software }) => software === 'pycls');
    expect(v100?.perPicture).toBeCloseTo(0.165, 12);
    expect(v100?.batch).toBe(100);
    expect(v100?.perSecond).toBeCloseTo(6060.61, 2);
    // PaddleClas: a batch of 8 in 51.04 ms.
    const eight = speedsOf('regnetx_320').find(
      ({ software, batch }) => software === 'TensorRT' && batch === 8,
    );
    expect(eight?.perPicture).toBeCloseTo(6.38, 10);
  });

  it('are of inference alone, each run once, with batch, precision and software', () => {
    // 258 runs of timm less the 18 of torchvision's 400MF, 9 of PaddleClas, 63 of Qualcomm, 12 of pycls.
    const all = models.flatMap(({ id }) => speedsOf(id));
    expect(all).toHaveLength(258 - 18 + 9 + 63 + 12);
    for (const speed of all) {
      expect(speed.citation.figure.metric).not.toMatch(/^train/);
      expect(speed.batch).toBeGreaterThan(0);
      expect(speed.perPicture * speed.perSecond).toBeCloseTo(1000, 6);
      for (const word of [speed.device, speed.precision, speed.software])
        expect(word).toMatch(/\S/);
    }
  });

  it('name the fastest run of each device once, the fastest device first', () => {
    const fastest = fastestByDevice(speedsOf('regnetx_032'));
    const devices = fastest.map(({ device }) => device);
    expect(new Set(devices).size).toBe(devices.length);
    expect(devices.slice(0, 2)).toEqual(['RTX PRO 6000 Max-Q', 'RTX 5090']);
    for (const device of ['RTX 3090', 'RTX 4090', 'V100', 'Core i7-12700H', 'Core i9-10940X'])
      expect(devices).toContain(device);
    expect(devices).toContain('Samsung Galaxy S25');
  });
});

describe('the times of the home page', () => {
  it('are of thirteen networks, each with a passport that the page writes', () => {
    const written = new Set(publishedTimes().map(({ citation }) => passportId(citation)));
    const all = Object.values(times()).flatMap(({ gpu, cpu }) => [gpu, cpu]);
    expect(all).toHaveLength(26);
    for (const { passport, ms } of all) {
      expect(written).toContain(passport);
      expect(ms).toBeGreaterThan(0);
    }
  });

  it('say on what they were taken', () => {
    expect(setupWords('gpu')).toBe(
      'RTX 5090, mixed float16, batches of 1,024, PyTorch 2.9.1, CUDA 13.0',
    );
    expect(setupWords('cpu')).toMatch(/^Core i7-12700H, float32, one picture at a time/);
  });
});
