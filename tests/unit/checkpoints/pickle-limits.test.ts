import { describe, expect, test } from 'vitest';
import { load, STORAGE, TENSOR } from './opcodes.ts';

describe('what costs more than the file may is refused', () => {
  const MANY = 600_000;
  test.each([
    ['dictionaries', '}'.repeat(MANY)],
    ['lists', ']'.repeat(MANY)],
    ['lists in lists', ']'.repeat(MANY) + 'a'.repeat(MANY - 1)],
    ['marks', '('.repeat(MANY)],
    ['nothing, on the stack', 'N'.repeat(5 * MANY)],
    ['views of bytes', 'C\0'.repeat(MANY)],
    ['texts', 'U\x02ab'.repeat(MANY)],
    ['copies of a set', `](${']'.repeat(2000)}eq\x00${'cbuiltins\nset\nh\x00\x85R'.repeat(2000)}`],
    [
      'copies of arguments',
      `(${'N'.repeat(50_000)}tq\x00${'ccopyreg\n__newobj__\nh\x00R0'.repeat(200)}`,
    ],
    [
      'walks through pairs',
      `(${'N\x85'.repeat(9000)}tq\x00${'ccollections\nOrderedDict\nh\x00\x85R0'.repeat(400)}`,
    ],
    ['objects', `c__main__\nD\nq\x00${'h\x00)R'.repeat(MANY)}`],
    [
      'slots of the memo',
      '(' +
        Array.from(
          { length: 250 },
          (_, i) => `Nq${String.fromCharCode(i)}h${String.fromCharCode(i)}`,
        )
          .join('')
          .repeat(900),
    ],
  ])('%s', (_, code) => {
    expect(() => load(`\x80\x02${code}.`)).toThrow(expect.objectContaining({ code: 'limit' }));
  });

  test('a shape of a million axes is refused before it is walked through', () => {
    const long = `(${'K\x01'.repeat(100_000)}tq\x00`;
    const tensors = `ctorch._utils\n_rebuild_tensor_v2\nq\x01(${STORAGE}K\x00h\x00h\x00\x89NtR`;
    expect(() => load(`\x80\x02${long}${tensors}.`)).toThrow(
      expect.objectContaining({ code: 'malformed' }),
    );
  });
});

describe('what is long is read over', () => {
  const batches = (item: string, count: number): string =>
    `(${item.repeat(1000)}e`.repeat(count / 1000);

  test.each([
    ['numbers', 'G?\xf0\0\0\0\0\0\0'],
    ['small numbers', 'K\x01'],
    ['nothing', 'N'],
    ['dictionaries', `}\x94(h\x00K\x01u`],
    ['tuples', 'K\x01K\x02\x86\x94'],
    ['texts', '\x8c\x02ab\x94'],
    ['objects', 'c__main__\nD\n)R\x94'],
  ])('a list of a million %s', { timeout: 20_000 }, (_, item) => {
    const code = `\x80\x04(\x8c\x04loss\x94]\x94${batches(item, 1_000_000)}K\x2at.`;
    const [, list, after] = load(code) as [unknown, unknown[], unknown];
    expect(list.length).toBe(16_384);
    expect(after).toBe(42);
  });

  test('what a recalled list keeps of it counts', () => {
    const full = `]q\x00]q\x01${batches('N', 17_000)}`;
    const many = `(${`(${'}'.repeat(100)}t`.repeat(100)}e`;
    const dropped = `(]${many}0e`.repeat(20);
    const kept = `(h\x00${many}0e`.repeat(20);
    expect(load(`\x80\x02${full}${dropped}0.`)).toEqual([]);
    expect(() => load(`\x80\x02${full}${kept}0.`)).toThrow(
      expect.objectContaining({ code: 'limit' }),
    );
  });

  test('a dictionary of more tensors than any network has', () => {
    const many = Array.from({ length: 16_385 }, (_, i) => {
      const key = String.fromCharCode(i & 255, i >> 8);
      return `M${key}${TENSOR}`;
    }).join('');
    expect(() => load(`\x80\x02}(${many}u.`)).toThrow(expect.objectContaining({ code: 'limit' }));
  });
});
