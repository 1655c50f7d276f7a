import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/islands/classifier/events.ts';
import { initialMachine } from '../../../src/islands/classifier/machine.ts';
import { wayOf } from '../../../src/islands/classifier/ways.ts';
import {
  SHIPPED,
  INFO,
  CONTENDING,
  TIMING,
  dog,
  start,
  types,
  classify,
  opened,
  loaded,
  classified,
  checked,
  timed,
  whole,
  after,
} from './classifier-visit.ts';

describe('which way to compute', () => {
  test('is only shown before anything runs, and begun anew afterwards', () => {
    const wasm = wayOf('wasm') ?? null;
    const [shown, first] = after(start(), { type: 'compute', way: wasm });
    expect(shown.panel).toMatchObject({ phase: 'idle', way: 'wasm', backend: 'wasm' });
    expect(types(first)).toEqual(['remember']);
    const [, effects] = after(...[after(start(), ...whole)[0]], { type: 'compute', way: wasm });
    expect(types(effects)).toEqual(['remember', 'close', 'open', 'load']);
  });

  const contest = [classify(), opened(1, CONTENDING), loaded(), classified(), checked(), timed()];
  const rivalTimed = (opening: number, trial: object): Report => ({
    type: 'rival-timed',
    opening,
    opened: { ...CONTENDING, info: { ...INFO, backend: 'wasm' } },
    trial,
  });

  test('is tried where the device has several, before the time is shown', () => {
    const [machine, effects] = after(start(), ...contest);
    expect(machine.panel).toMatchObject({ phase: 'running', timing: null });
    expect(effects.at(-1)).toMatchObject({
      type: 'try',
      rival: { backend: 'wasm', against: TIMING.medianMs },
    });
  });

  test('changes to the quicker one, which answers anew', () => {
    const [machine, effects] = after(
      start(),
      ...contest,
      rivalTimed(2, { webgl: TIMING.medianMs, wasm: 2 }),
      loaded(2),
    );
    expect(effects.slice(-3)).toMatchObject([
      { type: 'close', opening: 1 },
      { type: 'load' },
      { type: 'classify', opening: 2 },
    ]);
    expect(machine.panel.because).toBe(
      'WebAssembly computes: in a trial on this device it took 2.0 ms, WebGL 9.8 ms.',
    );
  });

  test('stays where the other is slower or does not run', () => {
    for (const late of [
      rivalTimed(2, { webgl: TIMING.medianMs, wasm: 20 }),
      { ...rivalTimed(2, {}), opened: null } as Report,
    ]) {
      const [machine, effects] = after(start(), ...contest, late);
      expect(machine.panel).toMatchObject({ phase: 'done', timing: TIMING });
      expect(effects.at(-1)).toEqual({ type: 'close', opening: 2 });
    }
  });

  test('a trial ends when the visitor asks for something else', () => {
    const [machine, effects] = after(start(), ...contest, classify(dog));
    expect(effects.at(-2)).toEqual({ type: 'close', opening: 2 });
    expect(machine.rival).toBeNull();
    expect(after(machine, rivalTimed(2, { wasm: 1, webgl: 9 }))).toEqual([machine, []]);
  });

  test('is not tried again where it was, or where the visitor chose', () => {
    const [known] = after(start(), ...contest.slice(0, 5), timed(1, { webgl: 9.8, wasm: 20 }));
    expect(known.panel.phase).toBe('done');
    const webgl = initialMachine(SHIPPED, wayOf('webgl') ?? null);
    expect(after(webgl, ...contest)[0].panel.phase).toBe('done');
  });
});
