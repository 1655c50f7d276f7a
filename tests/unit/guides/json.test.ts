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
