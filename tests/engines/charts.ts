import { expect, test } from 'vitest';
import type { Page } from './page.ts';
import { eventually } from './poll.ts';

/** Pages with charts that answer, and how many of them a wide screen shows. */
const PAGES = [
  ['./', 1],
  ['models/regnetx_002/', 2],
  ['design/', 1],
  ['compare/?models=regnetx_002,regnetx_080', 1],
] as const;

/** Lets everything that waits to be visible wake up. */
const scrollThrough = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 500) {
      scrollTo(0, y);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    scrollTo(0, 0);
  });

/** The charts that show and answer: how many stops each has for the Tab key. */
const stops = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.rx-marks[role="listbox"]')]
      .filter((chart) => chart.checkVisibility())
      .map((chart) => chart.querySelectorAll('[tabindex="0"]').length),
  );

/** What has the focus, and whether a ring around it is drawn. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const mark = document.activeElement;
    const drawn = mark?.querySelector('.rx-hit, .rx-cell, .rx-reach');
    const { outlineStyle } = getComputedStyle(mark ?? document.body);
    const { stroke, strokeWidth } = getComputedStyle(drawn ?? document.body);
    return {
      mark: mark?.getAttribute('data-mark') ?? null,
      ring:
        mark?.matches(':focus-visible') === true &&
        (outlineStyle !== 'none' || (stroke !== 'none' && parseFloat(strokeWidth) >= 1.5)),
    };
  });

export function charts(page: () => Page): void {
  test.each(PAGES)('of %s have one stop for Tab, and arrows lead on', async (path, count) => {
    await page().resize(1280, 900);
    await page().goto(path);
    await scrollThrough(page());
    await eventually(async () => (await stops(page())).length).toBe(count);
    expect(await stops(page())).toEqual(Array.from({ length: count }, () => 1));
    for (let chart = 0; chart < count; chart++) {
      // The focus comes as with the Tab key: from the stop before.
      await page().evaluate((which) => {
        const shown = [...document.querySelectorAll('.rx-marks[role="listbox"]')].filter((one) =>
          one.checkVisibility(),
        );
        const before = document.createElement('button');
        before.dataset.before = '';
        document.querySelector('[data-before]')?.remove();
        shown[which]?.closest('svg')?.before(before);
        before.focus();
      }, chart);
      await page().press('Tab');
      const first = await focused(page());
      expect(first.mark).not.toBeNull();
      expect(first.ring).toBe(true);
      await page().press('ArrowRight');
      const second = await focused(page());
      expect(second.mark).not.toBeNull();
      expect(second.mark).not.toBe(first.mark);
      expect(second.ring).toBe(true);
      await page().press('Tab');
      expect((await focused(page())).mark).toBeNull();
    }
  });

  test('tell the block that the arrows lead to', async () => {
    await page().goto('models/regnetx_002/');
    await scrollThrough(page());
    await eventually(async () => (await stops(page())).length).toBe(2);
    await page().evaluate(() => {
      [...document.querySelectorAll<SVGElement>('[data-panel="stage-widths"] [tabindex="0"]')]
        .find((mark) => mark.checkVisibility())
        ?.focus();
    });
    await page().press('ArrowRight');
    await page().press('ArrowRight');
    await eventually(() =>
      page().evaluate(() => document.querySelector('.rx-readout strong')?.textContent),
    ).toBe('Block 3 of 13: stage 3, block 1');
  });
}
