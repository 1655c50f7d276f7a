/** What is said once: each of these stands in the one file that says it, and nowhere else in src/. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const HOMES: readonly (readonly [what: string, pattern: RegExp, home: string])[] = [
  ["ImageNet's mean", /0\.485/, 'src/regnet/imagenet.ts'],
  ['the names of roles', /grouped 3×3'/, 'src/regnet/roles.ts'],
  ["torchvision's rounding", /_make_divisible/, 'src/regnet/torchvision.ts'],
  ["torchvision's 400MF", /'regnetx_004_tv'/, 'src/regnet/torchvision.ts'],
  ['an accuracy from an error', /100 - (value|error)/, 'src/zoo/results.ts'],
  ['which metric is an error', /top\[15\]_error|includes\('error'\)/, 'src/zoo/results.ts'],
  ["the ending of the authors' weights", /\.pycls_in1k['$]/, 'src/zoo/endings.ts'],
  ["the names of torchvision's weights", /IMAGENET1K_V[12]'/, 'src/zoo/endings.ts'],
  ['SHA-256 by the browser', /digest\('SHA-256'/, 'src/threads/hash.ts'],
  ['the tensors of batch norm', /'running_var'/, 'src/checkpoints/parameters.ts'],
  ['the size of a drawing', /width: 720/, 'src/charts/shared/svg.ts'],
  ['the line that marks stand on', /rx-base"/, 'src/charts/shared/Axis.tsx'],
];

const sources = globSync('src/**/*.{ts,tsx,astro}').map((file) => ({
  file,
  text: readFileSync(file, 'utf8'),
}));

describe('stands once', () => {
  test.each(HOMES)('%s', (_, pattern, home) => {
    expect(sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)).toEqual([
      home,
    ]);
  });
});

test('only the table of operators asks which one a layer has', () => {
  // Others' ways of counting have rules of their own for each, and devices for their kernels.
  const asks = /\bop (===|!==) '(conv|pool|fc)'/;
  const asking = sources.filter(({ text }) => asks.test(text)).map(({ file }) => file);
  expect(asking.filter((file) => !file.startsWith('src/engine/'))).toEqual([
    'src/zoo/audit-theories.ts',
  ]);
});

test('sizes of type are those of the scale', () => {
  const styles = globSync('src/**/*.{css,astro}').filter((file) =>
    /font-size: [\d.]+rem/.test(readFileSync(file, 'utf8')),
  );
  expect(styles).toEqual([]);
});
