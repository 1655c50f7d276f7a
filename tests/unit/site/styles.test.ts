import { describe, expect, it } from 'vitest';
import { scriptsOf, usedStyles, wordsOf } from '../../../src/site/styles.ts';

const used = (css: string, ...texts: string[]) => usedStyles([css], wordsOf(texts));

describe('the styles that a page can use', () => {
  it('are those of its classes and ids, whether the page has them or a script may set them', () => {
    const css = '.a{x:1} .b{x:2} #c{x:3} .d{x:4} main{x:5}';
    expect(used(css, '<p class="a" id=c>', 'n.classList.add("d")')).toBe(
      '.a{x:1} #c{x:3} .d{x:4} main{x:5}',
    );
  });

  it('keep of a list what can apply', () => {
    expect(used('.a, .b .a, .a > p{x:1}', '<p class="a">')).toBe('.a,.a > p{x:1}');
  });

  it('take any of the selectors in :is and :where for enough, and leave what :not names', () => {
    expect(used(':is(.a, .b) + p{x:1}', '<p class="a">')).toBe(':is(.a, .b) + p{x:1}');
    expect(used(':where(.b) p{x:1}', '<p class="a">')).toBe('');
    expect(used('.a:not(.b){x:1}', '<p class="a">')).toBe('.a:not(.b){x:1}');
  });

  it('keep names that a script completes, and those with signs', () => {
    expect(used('.stage-1{x:1} .md\\:flex{x:2}', '`stage-${n}`', 'class="md:flex"')).toBe(
      '.stage-1{x:1} .md\\:flex{x:2}',
    );
  });

  it('keep attributes, states and the steps of animations', () => {
    const css = '[data-b="x.b"]:hover{x:1} @keyframes k{50%{x:2}} ::view-transition(b){x:3}';
    expect(used(css, 'a')).toBe(css);
  });

  it('leave nothing empty, but the order of layers', () => {
    expect(used('@layer b,a; @layer a{.b{x:1}} @media print{.b{x:2}} p{x:3}', 'a')).toBe(
      '@layer b,a; p{x:3}',
    );
  });

  it('state a rule once, where it last stood: that one decides', () => {
    const sheets = ['.a{x:1}', '.a.a{x:2}', '.a{x:1}'];
    expect(usedStyles(sheets, wordsOf(['a'])).trim()).toBe('.a.a{x:2}\n.a{x:1}');
  });
});

it('the scripts of a page are all that it names, and that those name', () => {
  const scripts = new Map([
    ['a.1.js', 'import"./b.2.js"'],
    ['b.2.js', 'import("./a.1.js")'],
    ['c.3.js', ''],
  ]);
  expect([...scriptsOf('<script src="/_astro/a.1.js">', scripts)]).toEqual(['a.1.js', 'b.2.js']);
});
