import { hydrate } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { VNode } from 'preact';
import { afterEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../src/styles/tokens.css';
import '../../src/styles/charts.css';
import '../../src/styles/site.css';
import AccuracyScatter from '../../src/islands/AccuracyScatter.tsx';
import FlopBreakdown from '../../src/islands/FlopBreakdown.tsx';
import StageWidths from '../../src/islands/StageWidths.tsx';
import ZooTable from '../../src/islands/ZooTable.tsx';
import { bests } from '../../src/zoo/obtainable.ts';
import { times } from '../../src/zoo/speed.ts';

let root: HTMLElement;

/** Puts an island's HTML into a column of `width` pixels, then hydrates it, as the site does. */
async function open(island: VNode, width: number): Promise<{ before: number }> {
  root = document.createElement('main');
  root.style.width = `${width}px`;
  root.innerHTML = renderToString(island);
  document.body.append(root);
  const before = root.offsetHeight;
  hydrate(island, root);
  await expect.poll(() => root.querySelector('fieldset:disabled, [role="img"]')).toBeNull();
  return { before };
}

const visible = (selector: string): HTMLElement => {
  const found = [...root.querySelectorAll<HTMLElement>(selector)].find((e) => e.checkVisibility());
  if (!found) throw new Error(`Nothing visible matches ${selector}.`);
  return found;
};
const heading = (): string => visible('.rx-readout strong').textContent;

// A figure keeps its state in the address, which outlives an island too.
const address = location.href;

afterEach(async () => {
  // The choice of a part outlives an island: other islands of the page share it.
  root.querySelector('.rx-marks')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  await expect.poll(() => root.querySelector('.rx-marks[data-chosen]')).toBeNull();
  root.remove();
  history.replaceState(history.state, '', address);
});

it.each([344, 760])(
  'tells a block by pointer and keys, and never moves, at %i px',
  async (width) => {
    const { before } = await open(<StageWidths id="regnetx_002" />, width);
    expect(root.offsetHeight).toBe(before);
    await userEvent.hover(visible('[data-mark="7"]'));
    await expect.poll(heading).toBe('Block 8 of 13: stage 4, block 2');
    expect(visible('.rx-readout').innerText).toMatch(/multiply-adds\s+14\.57/);
    await userEvent.hover(visible('.rx-readout'));
    await expect.poll(heading).toBe('The whole network: 13 blocks');

    visible('[role="option"][tabindex="0"]').focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.poll(heading).toBe('Block 3 of 13: stage 3, block 1');
    expect(document.activeElement).toBe(visible('[data-mark="2"]'));
    expect(root.querySelectorAll('[tabindex="0"][role="option"]')).toHaveLength(2);
    await userEvent.keyboard('{End}');
    await expect.poll(heading).toBe('Block 13 of 13: stage 4, block 7');
    await userEvent.keyboard('{Escape}');
    await expect.poll(heading).toBe('The whole network: 13 blocks');
    expect(root.offsetHeight).toBe(before);
  },
);

it('breaks any cost down at any resolution', async () => {
  const { before } = await open(<FlopBreakdown id="regnetx_002" />, 760);
  expect(root.offsetHeight).toBe(before);
  await userEvent.selectOptions(visible('select'), '320 px');
  await expect
    .poll(() => visible('.rx-totals').textContent)
    .toContain('published at 224 px: 199,040');
  await userEvent.click(visible('input[value="params"]'));
  await expect
    .poll(() => visible('svg').getAttribute('aria-label'))
    .toBe('Where the parameters of RegNetX-200MF go at 320 px');
  await userEvent.click(visible('[data-mark="0"]'));
  await expect.poll(heading).toBe('Grouped 3×3, all stages, at 320 px');
  await userEvent.keyboard('{End}{ArrowDown}{ArrowRight}{ArrowDown}{ArrowDown}{ArrowRight}');
  await expect.poll(heading).toBe('Stage 1, block 1, grouped 3×3, at 320 px');
  expect(visible('.rx-formula').textContent).toBe(
    '3 × 3 × 8 channels a group × 24 channels out + 2 × 24 of batch norm = 1,776 parameters',
  );
});

it.each([344, 760])('never moves, whatever part is chosen, at %i px', async (width) => {
  const { before } = await open(<FlopBreakdown id="regnetx_320" />, width);
  visible('[role="option"][tabindex="0"]').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'End', 'ArrowDown', 'ArrowRight', 'ArrowRight']) {
    await userEvent.keyboard(`{${key}}`);
    expect(root.offsetHeight).toBe(before);
  }
  for (const cost of ['params', 'acts', 'flops']) {
    await userEvent.click(visible(`input[value="${cost}"]`));
    expect(root.offsetHeight).toBe(before);
  }
});

it('links the two charts of a network: what is chosen in one is lit in the other', async () => {
  const both = (
    <>
      <StageWidths id="regnetx_002" />
      <FlopBreakdown id="regnetx_002" />
    </>
  );
  await open(both, 760);
  const headings = () =>
    [...root.querySelectorAll('.rx-readout strong')].map(({ textContent }) => textContent);
  const litBars = () => root.querySelectorAll('.rx-wide [data-chosen] > .rx-bar').length;
  await userEvent.hover(visible('.rx-stage-widths [data-mark="7"]'));
  await expect
    .poll(headings)
    .toEqual(['Block 8 of 13: stage 4, block 2', 'Stage 4, block 2, at 224 px']);
  visible('.rx-flop-breakdown [data-mark="4"]').focus();
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}{ArrowRight}');
  await expect.poll(headings).toEqual(['Stage 3: 4 blocks', 'Stage 3, at 224 px']);
  expect(litBars()).toBe(4);
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowDown}');
  await expect
    .poll(headings)
    .toEqual(['Block 4 of 13: stage 3, block 2', 'Stage 3, block 2, 1×1 in, at 224 px']);
  expect(litBars()).toBe(1);
});

it('leads from a point to its page, and keeps the choice when the axis changes', async () => {
  const { before } = await open(<AccuracyScatter base="/zoo" times={times()} others={[]} />, 344);
  expect(root.offsetHeight).toBe(before);
  visible('[role="option"][tabindex="0"]').focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(heading).toBe('RegNetX-400MF');
  await userEvent.click(visible('input[value="acts"]'));
  await expect
    .poll(() => visible('.rx-drawing').getAttribute('aria-label'))
    .toContain('activations');
  expect(visible('.rx-readout a').getAttribute('href')).toBe('/zoo/models/regnetx_004/');
  expect(root.offsetHeight).toBe(before);
});

it('sorts and filters the twelve', async () => {
  const { before } = await open(<ZooTable base="" times={times()} bests={bests()} />, 760);
  expect(root.offsetHeight).toBe(before);
  const names = () => [...root.querySelectorAll('tbody th')].map((th) => th.textContent);
  const difference = [...root.querySelectorAll('button')].find((b) =>
    b.textContent.includes('difference'),
  );
  difference?.click();
  await expect.poll(() => names()[0]).toBe('RegNetX-12GF');
  expect(root.querySelectorAll('[aria-sort]')).toHaveLength(1);
  expect(difference?.closest('th')?.getAttribute('aria-sort')).toBe('descending');
  await userEvent.fill(visible('input[type="search"]'), 'regnet_x_400mf');
  await expect.poll(names).toEqual(['RegNetX-400MF']);
  await userEvent.fill(visible('input[type="search"]'), 'resnet');
  await expect.poll(names).toEqual([]);
  expect(root.textContent).toContain('No variant is called “resnet”.');
});
