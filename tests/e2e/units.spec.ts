import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { complaints, PAGES, scrollThrough } from './site.ts';

const toggle = (page: Page) => page.getByRole('switch', { name: 'FLOPs (2x)' });
const seen = { useInnerText: true };

/** Opens pages as somebody who chose FLOPs (2x) on an earlier visit. */
const remember = (page: Page) =>
  page.addInitScript(() => {
    localStorage.setItem('rx-flops', '2x');
  });

test('the switch relabels every page, and is remembered', async ({ page }) => {
  const errors = complaints(page);
  await page.goto('./', { waitUntil: 'networkidle' });
  const row = page.getByRole('row', { name: /RegNetX-200MF/ });
  await expect(row).toContainText('199.0 M', seen);
  await toggle(page).focus();
  await page.keyboard.press('Space');
  await expect(toggle(page)).toBeChecked();
  await expect(row).toContainText('398.1 M', seen);
  await expect(page.locator('.rx-zoo thead')).toContainText('FLOPs (2x)', seen);

  await row.getByRole('link').click();
  await expect(page.locator('.figures')).toContainText('398.1 M', seen);
  await expect(page.locator('#flops')).toHaveText('Where the FLOPs (2x) go', seen);
  await page.goto('./compare/?models=regnetx_002,regnetx_320', { waitUntil: 'networkidle' });
  await expect(page.locator('[data-measure="flops"]')).toContainText('63.47 G', seen);
  await page.goto('./design/', { waitUntil: 'networkidle' });
  await expect(page.locator('[data-cost="flops"]')).toHaveText('398.1 M', seen);
  await page.reload();
  await expect(page.locator('[data-cost="flops"]')).toHaveText('398.1 M', seen);

  await toggle(page).click();
  await expect(page.locator('[data-cost="flops"]')).toHaveText('199.0 M', seen);
  await page.goto('./', { waitUntil: 'networkidle' });
  await expect(toggle(page)).not.toBeChecked();
  await expect(row).toContainText('199.0 M', seen);
  expect(errors).toEqual([]);
});

test('what is spoken of a mark follows, too', async ({ page }) => {
  await remember(page);
  await page.goto('./models/regnetx_002/', { waitUntil: 'networkidle' });
  const panel = page.locator('[data-panel="flops"]');
  await panel.scrollIntoViewIfNeeded();
  const mark = panel.locator('.rx-wide [role="option"]').first();
  await expect(mark).toHaveAccessibleName(/FLOPs \(2x\)/);
  await toggle(page).click();
  await expect(mark).toHaveAccessibleName(/multiply-adds/);
});

test('another tab follows', async ({ page, context }) => {
  await page.goto('./', { waitUntil: 'networkidle' });
  const other = await context.newPage();
  await other.goto('./design/', { waitUntil: 'networkidle' });
  await toggle(page).click();
  await expect(toggle(other)).toBeChecked();
  await expect(other.locator('[data-cost="flops"]')).toHaveText('398.1 M', seen);
});

test('on a phone it stands in the menu', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await page.goto('./', { waitUntil: 'networkidle' });
  await expect(toggle(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Menu' }).click();
  await toggle(page).click();
  await expect(page.locator('html')).toHaveAttribute('data-flops', '2x');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('there is no switch, and all is in multiply-adds', async ({ page }) => {
    await page.goto('./');
    await expect(toggle(page)).toHaveCount(0);
    await expect(page.getByRole('row', { name: /RegNetX-200MF/ })).toContainText('199.0 M', seen);
  });
});

/** Where multiply-adds may stand with FLOPs (2x) chosen, and why. */
const ALLOWED: readonly { page: RegExp; text: RegExp; why: string }[] = [
  { page: /^.\/audit\//, text: /./, why: 'compares with figures in the unit that sources print' },
  {
    page: /^.\/guides\/counts\//,
    text: /^(multiply-adds|Multiply-adds and FLOPs)$/,
    why: 'heads of the columns that are compared with published counts',
  },
  {
    page: /^.\/guides\/counts\//,
    text: /^(A multiply-add is|The zoo counts multiply-adds|MMPretrain’s FLOPs|.*exactly [\d,]+ multiply-adds)/s,
    why: 'explains the two units, or a figure as its source printed it',
  },
  {
    page: /^.\/models\//,
    text: /^Two FLOPs a multiply-add:/,
    why: 'says how the two units go together',
  },
  { page: /^.\/guides\/data\//, text: /./, why: 'the data stay in multiply-adds' },
];

/** Pieces of a page that name a figure's unit or hold a figure, with multiply-adds seen in them. */
async function seenMultiplyAdds(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const labels = 'th, dt, dd, td, caption, figcaption, legend, label, text, output, h1, h2, h3';
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, 4);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!(node instanceof Text)) continue;
      const element = node.parentElement;
      if (!element || !/multiply-adds?/i.test(node.data)) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const block = element.closest(`${labels}, p, li, a, button, div`) ?? element;
      const text = (block instanceof HTMLElement ? block.innerText : block.textContent).trim();
      if (block.matches(labels) || /\d/.test(text.replaceAll(/RegNetX-[\d.]+[MG]F/g, '')))
        found.add(text);
    }
    return [...found];
  });
}

for (const path of PAGES) {
  test(`${path} holds no figure in multiply-adds when FLOPs (2x) is chosen`, async ({ page }) => {
    await remember(page);
    await page.goto(path, { waitUntil: 'networkidle' });
    await scrollThrough(page);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    const texts = await seenMultiplyAdds(page);
    const stray = texts.filter(
      (text) => !ALLOWED.some((rule) => rule.page.test(path) && rule.text.test(text)),
    );
    expect(stray).toEqual([]);
  });
}
