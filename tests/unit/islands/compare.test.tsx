import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import Compare from '../../../src/islands/Compare.tsx';

it('stands complete and still without JavaScript', () => {
  const html = renderToString(<Compare base="/zoo" />);
  expect(html).toMatch(/<fieldset class="rx-controls" disabled/);
  expect([...html.matchAll(/<svg[^>]*role="img"/g)]).toHaveLength(2);
  expect(html).toContain('href="/zoo/models/regnetx_008/"');
  expect(html).toContain('href="/zoo/design/?d=22&amp;w0=24&amp;wa=24.48&amp;wm=2.54&amp;g=16"');
  expect(html).toContain('+2.66, more than chance');
  expect([...html.matchAll(/data-measure=/g)]).toHaveLength(5 + 5 + 1 + 5);
});
