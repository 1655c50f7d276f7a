/** Picture, answer and the choice of weights are in sight at once, also on low laptop screens. */
import { expect, type Page } from '@playwright/test';
import { alertIn, buttonOf, FILE, inState, PAGE, panelOf, PATIENCE, test } from './weights.ts';

const SCREENS = [
  [1280, 640],
  [1366, 768],
  [1440, 900],
  [1920, 1080],
  [390, 844],
  [360, 740],
] as const;

/** From the choice of weights to the pictures, and where both stand on the screen. */
async function measured(page: Page) {
  await panelOf(page).evaluate((panel) => {
    panel.scrollTop = 0;
    const beside = getComputedStyle(panel.parentElement ?? panel).position === 'sticky';
    const top = panel.getBoundingClientRect().top + scrollY;
    // Beside the text the panel sticks; on phones it is scrolled to, below the bar of the page.
    scrollTo(0, beside ? top + 300 : top - 70);
  });
  return panelOf(page).evaluate((panel) => {
    const boxes = ['select[data-weights]', '.outcome', '.pictures'].map(
      (part) => panel.querySelector(part)?.getBoundingClientRect() ?? new DOMRect(0, Infinity),
    );
    const first = Math.min(...boxes.map((box) => box.top));
    const last = Math.max(...boxes.map((box) => box.bottom));
    const { top, bottom } = panel.getBoundingClientRect();
    return { first, last, top, bottom, height: innerHeight };
  });
}

async function expectInSight(page: Page): Promise<void> {
  const { first, last, top, height } = await measured(page);
  expect(top).toBeGreaterThan(55);
  expect(first).toBeGreaterThanOrEqual(top);
  expect(last).toBeLessThanOrEqual(Math.min(height, 640));
}

for (const [width, height] of SCREENS) {
  test.describe(`${width} by ${height}`, () => {
    test.use({ viewport: { width, height }, reducedMotion: 'reduce' });

    test('empty, loading official weights, with an error, with an answer', async ({
      page,
      hub,
    }) => {
      await page.goto(PAGE);
      await expect(page.locator('[data-sample]').first()).toBeEnabled();
      await expectInSight(page);

      await page.locator('[data-checkpoint-input]').setInputFiles({
        name: 'weights.pth',
        mimeType: 'application/octet-stream',
        buffer: Buffer.from('<!doctype html><title>Not weights</title>'),
      });
      await expect(alertIn(page)).toBeVisible(PATIENCE);
      await expectInSight(page);

      hub.behave({ bytesPerSecond: 300_000 });
      await buttonOf(page).click();
      await expect(panelOf(page).locator('progress[value]')).toBeVisible(PATIENCE);
      await expectInSight(page);

      hub.behave();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.locator('[data-sample]').first().click();
      await inState(page, 'done');
      await expectInSight(page);
    });

    test('with the settings of an own file unfolded', async ({ page }) => {
      await page.goto(PAGE);
      await page.locator('[data-checkpoint-input]').setInputFiles({
        name: 'mine.safetensors',
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(FILE),
      });
      await page.getByText('Change how it is used').click(PATIENCE);
      await expect(page.getByRole('heading', { name: 'What the file cannot tell' })).toBeVisible(
        PATIENCE,
      );
      await expectInSight(page);
    });
  });
}

test('on a low screen all of the panel is reached by keyboard, without scrolling the page', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 640 });
  await page.goto(PAGE);
  const { top, bottom, height } = await measured(page);
  expect(bottom).toBeLessThanOrEqual(height);
  const before = await page.evaluate(() => scrollY);
  await panelOf(page).focus();
  const last = page.locator('[data-measure-layers]');
  await expect(async () => {
    await page.keyboard.press('PageDown');
    const box = await last.boundingBox();
    expect(box && box.y > top && box.y + box.height <= bottom).toBe(true);
  }).toPass();
  // Figures above that wake up move the page by a line, PageDown would by most of the screen.
  expect(Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThan(100);
});
