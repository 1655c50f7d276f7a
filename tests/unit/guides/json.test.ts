import { describe, expect, it } from 'vitest';
import { Excerpt, toReadableJson } from '../../../src/components/guide/json.ts';

describe('readable JSON', () => {
  it('puts on one line what fits', () => {
    const line = '{ "a": [1, 2], "b": { "c": null } }';
    expect(toReadableJson({ a: [1, 2], b: { c: null } })).toBe(line);
    expect(toReadableJson({ text: 'x'.repeat(40), more: 'y'.repeat(30) })).toBe(
      `{\n  "text": "${'x'.repeat(40)}",\n  "more": "${'y'.repeat(30)}"\n}`,
    );
  });

  it('lets plain values share lines', () => {
    const value = Object.fromEntries('abcdefghij'.split('').map((key) => [key, 123456]));
    const lines = toReadableJson(value).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toBe('  "a": 123456, "b": 123456, "c": 123456, "d": 123456, "e": 123456,');
    expect(JSON.parse(lines.join('\n'))).toEqual(value);
  });

  it('says how much of a list is left out', () => {
    expect(toReadableJson({ list: new Excerpt([1, 2, 3]) })).toBe(
      '{\n  "list": [\n    1\n    // 2 more\n  ]\n}',
    );
    expect(toReadableJson(new Excerpt([1]))).toBe('[1]');
  });

  it('cuts long texts and stays JSON otherwise', () => {
    expect(toReadableJson('z'.repeat(60))).toBe(`"${'z'.repeat(40)}…"`);
    const value = { quote: '"', nested: [{ deep: ['a'.repeat(40), 'b'.repeat(40)] }], none: [] };
    expect(JSON.parse(toReadableJson(value))).toEqual(value);
  });
});
