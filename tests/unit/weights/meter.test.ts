import { expect, test } from 'vitest';
import { createMeter } from '../../../src/weights/meter.ts';

/** A meter with a clock to set. */
function meterAt() {
  let time = 0;
  const meter = createMeter(() => time);
  return (at: number, received: number) => {
    time = at;
    return meter(received, 1000).secondsLeft;
  };
}

test('says nothing before it knows the speed', () => {
  const at = meterAt();
  expect(at(0, 0)).toBeNull();
  expect(at(500, 100)).toBeNull();
});

test('a steady line', () => {
  const at = meterAt();
  at(0, 0);
  expect(at(2000, 200)).toBeCloseTo(8);
});

test('what was there before does not count as speed', () => {
  const at = meterAt();
  at(0, 900);
  expect(at(2000, 920)).toBeCloseTo(8);
});

test('a line that became slower is believed after a few seconds', () => {
  const at = meterAt();
  for (let t = 0; t <= 2000; t += 200) at(t, t / 4);
  for (let t = 2200; t <= 8000; t += 200) at(t, 500 + (t - 2000) / 100);
  expect(at(8200, 562)).toBeCloseTo(43.8, 0);
});

test('a line on which nothing comes has no end', () => {
  const at = meterAt();
  at(0, 100);
  expect(at(3000, 100)).toBeNull();
});

test('a download that begins anew is measured anew', () => {
  const at = meterAt();
  at(0, 500);
  at(2000, 700);
  expect(at(2500, 0)).toBeNull();
});
