import { describe, expect, it } from 'vitest';
import { paintOf } from '../../../src/islands/copy/colour.ts';
import { csvOf } from '../../../src/islands/copy/csv.ts';

describe('a table as CSV', () => {
  it('holds plain numbers', () => {
    expect(
      csvOf(
        ['part', 'multiply-adds', 'difference'],
        [
          ['stem', '10,838,016', '\u22120.70'],
          ['stage 1, grouped 3×3', '928', '+0.05'],
          ['head', '0.5', '±0.58'],
        ],
      ),
    ).toBe(
      'part,multiply-adds,difference\nstem,10838016,-0.70\n"stage 1, grouped 3×3",928,0.05\nhead,0.5,0.58',
    );
  });

  it('moves per cents into the head, where every row has them', () => {
    const head = ['part', 'share', 'note'];
    expect(
      csvOf(head, [
        ['a', '13.20%', '5%'],
        ['b', '0.02%', 'none'],
      ]),
    ).toBe('part,"share, %",note\na,13.20,5\nb,0.02,none');
  });

  it('leaves texts as they are, and what is absent empty', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['7×7', '–'],
          ['1,2 and 3', '2.5\u00a0M'],
        ],
      ),
    ).toBe('a,b\n7×7,\n"1,2 and 3",2.5 M');
  });
});

describe('a computed colour', () => {
  it('is written with hexadecimal digits', () => {
    expect(paintOf('rgb(43, 93, 181)')).toEqual({ colour: '#2b5db5', opacity: 1 });
    expect(paintOf('rgba(0, 0, 0, 0.25)')).toEqual({ colour: '#000000', opacity: 0.25 });
    expect(paintOf('color(srgb 0.5 1 0 / 0.07)')).toEqual({ colour: '#80ff00', opacity: 0.07 });
    expect(paintOf('color(srgb -0.01 1.02 2e-3)')).toEqual({ colour: '#00ff01', opacity: 1 });
  });

  it('stays as it is where it is none', () => {
    expect(paintOf('none')).toEqual({ colour: 'none', opacity: 1 });
  });
});
