import { describe, expect, test } from 'vitest';
import { createArena } from '../../../../../src/engine/backends/arena.ts';
import { partsOf } from '../../../../../src/engine/backends/wasm/parts.ts';

describe('an arena', () => {
  const source = () => {
    const given: number[] = [];
    let end = 0;
    const take = (bytes: number): number => (end += bytes) - bytes;
    return { given, take, give: (address: number) => void given.push(address) };
  };

  test('uses the smallest block that fits again, and gives all back', () => {
    const from = source();
    const arena = createArena(from);
    const [large, small] = [arena.take(1000), arena.take(100)];
    arena.give(large);
    arena.give(small);
    expect(arena.take(90)).toBe(small);
    expect(arena.take(90)).toBe(large);
    expect(arena.take(90)).toBe(1100);
    arena.dispose();
    expect(from.given).toEqual([large, small, 1100]);
  });

  test('refuses a block twice', () => {
    const arena = createArena(source());
    const block = arena.take(8);
    arena.give(block);
    expect(() => {
      arena.give(block);
    }).toThrow('No such block of memory is in use');
  });
});

describe('the parts of a convolution', () => {
  const work = {
    ...{ tiles: 131, tileBytes: 600, tileWork: 6 * 56 * 8 },
    ...{ panels: 7, panelBytes: 56 * 32, threads: 1 },
  };

  test.each([
    ['a map', work],
    ['a large map', { ...work, tiles: 5000, tileBytes: 5000 }],
    ['a map for four threads', { ...work, threads: 4 }],
    ['a small map for four threads', { ...work, tiles: 3, panels: 50, tileWork: 1e5, threads: 4 }],
    ['one pixel', { ...work, tiles: 1, threads: 4 }],
  ])('cover %s once', (_, the) => {
    const counts = new Map<string, number>();
    for (const { tile, tiles, panel, panels } of partsOf(the)) {
      expect(Math.min(tiles, panels)).toBeGreaterThan(0);
      for (let t = tile; t < tile + tiles; t++)
        for (let p = panel; p < panel + panels; p++)
          counts.set(`${t} ${p}`, (counts.get(`${t} ${p}`) ?? 0) + 1);
    }
    expect(counts.size).toBe(the.tiles * the.panels);
    expect(new Set(counts.values())).toEqual(new Set([1]));
  });

  test('are several a thread, but none too small to be worth it', () => {
    expect(partsOf(work)).toHaveLength(1);
    expect(partsOf({ ...work, threads: 4, tileWork: 1e4 })).toHaveLength(16);
    expect(partsOf({ ...work, threads: 4, tileWork: 1e6 })).toHaveLength(32);
    const few = partsOf({ ...work, tiles: 3, panels: 50, tileWork: 1e6, threads: 4 });
    expect(few.length).toBeGreaterThanOrEqual(16);
    expect(partsOf({ ...work, tiles: 10, tileWork: 1000, threads: 4 })).toHaveLength(1);
  });

  test('are of whole maps where the weights are more than they', () => {
    const heavy = { ...work, tiles: 9, panels: 46, panelBytes: 3e5, tileWork: 1e6, threads: 2 };
    const parts = partsOf(heavy);
    expect(parts).toHaveLength(16);
    expect(parts.every(({ tiles }) => tiles === 9)).toBe(true);
    // A cache line of output is one part's.
    expect(parts.every(({ panel }) => panel % 2 === 0)).toBe(true);
    const light = partsOf({ ...heavy, panelBytes: 100 });
    expect(light.every(({ tiles }) => tiles === 1)).toBe(true);
  });

  test('keep to half an L2 cache of input', () => {
    const parts = partsOf({ ...work, tiles: 5000 });
    expect(Math.max(...parts.map(({ tiles }) => tiles * 600))).toBeLessThan(129 * 1024);
    expect(parts.every(({ panels }) => panels === 7)).toBe(true);
  });
});
