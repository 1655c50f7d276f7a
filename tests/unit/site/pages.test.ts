import postcss from 'postcss';
import { describe, expect, it } from 'vitest';
import { withBuild, withLateScripts, withOwnMark, withoutTheme } from '../../../src/site/pages.ts';
import { systemTheme } from '../../../src/site/system-theme.ts';

const PAGE = '<!DOCTYPE html><html lang="en" data-theme="dark" data-has-toc><head></head><body>';

describe('a finished page', () => {
  it('has no theme before a script has set one', () => {
    expect(withoutTheme(PAGE)).toContain('<html lang="en" data-has-toc>');
    expect(withoutTheme('<html><p data-theme="dark">')).toContain('<p data-theme="dark">');
  });

  it('says which build it is of', () => {
    expect(withBuild(PAGE, 'abc')).toContain('<html data-build="abc" lang="en"');
  });

  it('is marked if it is one of our own', () => {
    expect(withOwnMark('<html lang="en"><div class="not-content rx-page">')).toMatch(
      /^<html data-own lang="en">/,
    );
    expect(withOwnMark(`${PAGE}<p>rx-page</p>`)).toBe(`${PAGE}<p>rx-page</p>`);
  });

  it('fetches its scripts after what it shows', () => {
    expect(withLateScripts('<script type="module" src="a.js"></script>')).toBe(
      '<script type="module" fetchpriority="low" src="a.js"></script>',
    );
  });
});

describe('the theme of the system', () => {
  const css = (source: string) =>
    postcss([systemTheme()])
      .process(source, { from: undefined })
      .css.replaceAll(/\s*([{}])\s*/g, ' $1 ')
      .replaceAll(/\s+/g, ' ')
      .trim();

  it('brings a rule of a theme where no script has set one', () => {
    expect(css(":root[data-theme='dark'] { color: red }")).toBe(
      ":root[data-theme='dark'] { color: red } @media (prefers-color-scheme: dark) { :root:not([data-theme]) { color: red } }",
    );
  });

  it('keeps to the root, and takes of a list what is of the theme', () => {
    const out = css(":root, [data-theme='light'] a, [data-theme=dark] b { color: red }");
    expect(out).toContain(
      '@media (prefers-color-scheme: light) { :root:not([data-theme]) a { color: red } }',
    );
    expect(out).toContain(
      '@media (prefers-color-scheme: dark) { :root:not([data-theme]) b { color: red } }',
    );
  });

  it('stays within layers and media', () => {
    expect(css('@layer x { @media screen { :root[data-theme="dark"] { color: red } } }')).toMatch(
      /^@layer x \{ @media screen \{ .* @media \(prefers-color-scheme: dark\) \{.*\} \} \} \}$/,
    );
  });

  it('leaves rules alone that are of no theme, or of all but one', () => {
    const rule = ":root:not([data-theme='dark']) a { color: red }";
    expect(css(rule)).toBe(rule);
  });
});
