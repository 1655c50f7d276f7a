import { describe, expect, it } from 'vitest';
import { treeOf } from '../../../src/site/hast.ts';
import { llmsFile } from '../../../src/site/llms.ts';
import { markdownOf } from '../../../src/site/markdown.ts';

const address = (href: string) => new URL(href, 'https://zoo.example/x/').href;
const markdown = (main: string) =>
  markdownOf(treeOf(`<nav>no</nav><main>${main}</main><p>no</p>`), address).trim();

describe('a page as Markdown', () => {
  it('keeps headings, text and links, whose addresses hold elsewhere', () => {
    expect(markdown('<h1>A</h1><p>b <a href="../y/#z">c</a> <b>d</b></p><h2 id="e">E</h2>')).toBe(
      '# A\n\nb [c](https://zoo.example/y/#z) **d**\n\n## E',
    );
  });

  it('keeps tables, also folded ones, and the figures that open a source', () => {
    const table =
      '<details><summary>Data table</summary><table><thead><tr><th>a<small>px</small></th><th>b</th></tr></thead>' +
      '<tbody><tr><td>1</td><td><button class="figure" popovertarget="p">68.21%</button><span popover id="p">no</span></td></tr></tbody></table></details>';
    expect(markdown(table)).toBe('| a px | b      |\n| ---- | ------ |\n| 1    | 68.21% |');
  });

  it('leaves out what only a browser can use, and the other unit', () => {
    const html =
      '<p>a<span class="rx-2x">no</span></p><svg><text>no</text></svg><button>no</button><script>no</script>' +
      '<p aria-hidden="true">no</p><p hidden>no</p><aside data-panel="classifier">no</aside><aside>b</aside>';
    expect(markdown(html)).toBe('a\n\nb');
  });

  it('pairs terms with what they mean, whichever comes first', () => {
    expect(
      markdown(
        '<dl><div><dd>2.7 M</dd><dt>parameters</dt></div><div><dt>c</dt><dd>d</dd></div></dl>',
      ),
    ).toBe('- parameters: 2.7 M\n- c: d');
    expect(markdown('<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>')).toBe('- a: b c');
  });

  it('keeps code with its language, and formulas as a line', () => {
    const line = (text: string) => `<div class="ec-line"><div class="code">${text}</div></div>`;
    expect(
      markdown(
        `<pre data-language="python"><code>${line('import timm')}${line('')}${line('x')}</code></pre>`,
      ),
    ).toBe('```python\nimport timm\n\nx\n```');
    const half = '<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>';
    expect(markdown(`<p><math><msub><mi>w</mi><mi>j</mi></msub><mo>=</mo>${half}</math></p>`)).toBe(
      '`w_j = (a + b)/2`',
    );
  });

  it('is refused for a page without a main part', () => {
    expect(() => markdownOf(treeOf('<p>a</p>'), address)).toThrow(/<main>/);
  });
});

it('llms.txt has every page once, in its section, and the data', () => {
  const pages = ['', 'models/regnetx_002', 'guides/counts', 'audit'].map((path) => ({
    path,
    title: `T ${path}`,
    description: `D ${path}`,
  }));
  const file = llmsFile(pages, address);
  expect(file).toMatch(/^# T \n\n> D \n/);
  const links = [...file.matchAll(/^- \[[^\]]+\]\(([^)]+)\): \S/gm)].map(([, link]) => link);
  expect(links).toEqual(
    [
      'models/regnetx_002.md',
      'guides/counts.md',
      'audit.md',
      'api/models.json',
      'api/models.csv',
    ].map(address),
  );
});
