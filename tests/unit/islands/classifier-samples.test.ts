import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { samples, samplesFor } from '../../../src/islands/classifier/samples.ts';

const names = (labels: string | null) => samplesFor(labels).map(({ name }) => name);

test('the demonstration networks’ own come first, or the others', () => {
  const demonstration = names('tiny-imagenet-200');
  expect(demonstration.slice(0, 3)).toEqual([
    'espresso-coffee',
    'red-panda',
    'alp-picos-de-europa',
  ]);
  expect(names('imagenet-1k')).toEqual([...demonstration.slice(3), ...demonstration.slice(0, 3)]);
  expect(names(null)).toEqual(names('flowers'));
});

test('each is there, with whom to thank', () => {
  for (const { file, author, source, licence } of samples) {
    expect(existsSync(`public/samples/${file}`), file).toBe(true);
    expect(author.length * source.length * licence.length).toBeGreaterThan(0);
  }
});
