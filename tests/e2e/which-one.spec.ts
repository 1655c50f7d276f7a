import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { complaints } from './site.ts';

const chart = (page: Page) => page.locator('.rx-accuracy-scatter');
const answer = (page: Page) => chart(page).locator('.rx-point [role="status"]');
/** As it is seen: in one of the two units. */
const says = (page: Page, text: string) =>
  expect(answer(page)).toContainText(text, { useInnerText: true });
const option = (page: Page, name: RegExp) => chart(page).getByRole('option', { name });

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`./${query}#which-one`, { waitUntil: 'networkidle' });
  await chart(page).scrollIntoViewIfNeeded();
  await expect(chart(page).locator('.rx-controls')).toBeEnabled();
}

test('a budget by keys alone: ticked, typed and slid, it names the best within', async ({
  page,
}) => {
  const errors = complaints(page);
  await open(page);
  await says(page, 'The most accurate is RegNetX-32GF');
  const tick = page.getByRole('checkbox', { name: 'at most' });
  await tick.focus();
  await page.keyboard.press('Space');
  await says(
    page,
    'Within 2 G multiply-adds, the most accurate is RegNetX-1.6GF with torchvision’s V2 weights',
  );
  await expect(chart(page).locator('svg:visible .rx-best')).toHaveCount(1);
  await expect(page).toHaveURL(/\?budget=2#which-one$/);

  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('0.5');
  await says(page, 'RegNetX-400MF with torchvision’s V2 weights');
  await page.keyboard.press('Tab');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/\?budget=0\.6\d?#which-one$/);
  await page.keyboard.press('Home');
  await says(page, 'Nothing fits within');
  expect(errors).toEqual([]);
});

test('any question comes back from its address', async ({ page }) => {
  await open(page, '?cost=params&scale=linear&weights=ours+official&budget=30');
  await says(page, 'Within 30 M parameters, the most accurate is RegNetX-6.4GF');
  await expect(page.getByRole('radio', { name: 'parameters' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'linear' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'torchvision V2' })).not.toBeChecked();
  await expect(page.getByRole('textbox', { name: 'Budget in M parameters' })).toHaveValue('30');
  await expect(chart(page).locator('svg:visible .rx-mark.rx-of-v2')).toHaveCount(1);
  await chart(page).getByText('Data table').click();
  await expect(chart(page).getByRole('row')).toHaveCount(25);

  await page.getByRole('checkbox', { name: 'torchvision V2' }).check();
  await page.getByRole('radio', { name: 'V100 time' }).check();
  await expect(page).toHaveURL(/\?cost=time&scale=linear&budget=40#which-one$/);
  await page.reload({ waitUntil: 'networkidle' });
  await says(page, 'Within 40 ms for 64 pictures on a V100');
  await chart(page).getByText('Data table').click();
  await expect(chart(page).getByRole('row')).toHaveCount(31);
});

test('arrow keys walk along the cost, and each figure opens its passport', async ({ page }) => {
  await open(page);
  await option(page, /^200MF/).focus();
  await page.keyboard.press('End');
  await expect(option(page, /^32GF/)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(option(page, /^16GF/)).toHaveAttribute('aria-selected', 'true');
  const figure = chart(page).getByRole('button', { name: /^82\.72%, top-1, torchvision V2/ });
  await figure.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.passport:popover-open')).toContainText('pytorch/vision');
});

test('FLOPs (2x) are shown, typed and said twice, and stay multiply-adds in the address', async ({
  page,
}) => {
  await open(page, '?budget=2');
  await page.evaluate(() => {
    document.documentElement.dataset.flops = '2x';
  });
  const field = page.getByRole('textbox', { name: 'Budget in G FLOPs (2x)' });
  await expect(field).toHaveValue('4');
  await field.fill('8');
  await expect(page).toHaveURL(/\?budget=4#which-one$/);
  await says(page, 'Within 8 G FLOPs (2x), the most accurate is RegNetX-3.2GF');
});

test('what is no budget is refused in words, and an address that is broken says so', async ({
  page,
}) => {
  await open(page, '?cost=money&budget=6');
  await expect(chart(page).locator('.rx-refusal')).toContainText('cost is “money”');
  await page.getByRole('textbox', { name: /^Budget/ }).fill('much');
  await expect(chart(page).getByRole('alert')).toHaveText(
    'A budget is a number above zero, not “much”.',
  );
  await says(page, 'Within 6 G');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the picture, its answer and its table stand', async ({ page }) => {
    await page.goto('./');
    await expect(chart(page).locator('svg:visible .rx-front')).toHaveCount(1);
    await says(page, 'The most accurate is RegNetX-32GF');
    await expect(chart(page).locator('.rx-controls')).toBeHidden();
    await chart(page).getByText('Data table').click();
    await expect(chart(page).getByRole('row')).toHaveCount(32);
  });
});

test('other families come on, are walked by keys, and open their passports', async ({ page }) => {
  const errors = complaints(page);
  await open(page, '?others=shown');
  await expect(chart(page).getByRole('checkbox', { name: 'other families' })).toBeChecked();
  await expect(chart(page).locator('svg:visible .rx-other')).toHaveCount(37 + 1);
  const mark = option(page, /^convnext_tiny\.fb_in1k: 82\.07%/).locator('visible=true');
  await mark.focus();
  const readout = chart(page).locator('.rx-readout');
  await expect(readout).toContainText('convnext_tiny.fb_in1k');
  await readout.getByRole('button', { name: /^82\.07%, top-1/ }).press('Enter');
  await expect(page.locator('.passport:popover-open')).toContainText('scaled by area');
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'other families' }).uncheck();
  await expect(chart(page).locator('svg:visible .rx-other')).toHaveCount(1);
  await expect(page).not.toHaveURL(/others/);
  expect(errors).toEqual([]);
});

test('times on today’s hardware are costs to choose by', async ({ page }) => {
  await open(page, '?cost=gpu&budget=120');
  await says(
    page,
    'Within 120\u00a0µs a picture on a current GPU, the most accurate is RegNetX-1.6GF',
  );
  await option(page, /^1\.6GF, 109/)
    .locator('visible=true')
    .focus();
  const readout = chart(page).locator('.rx-readout');
  await readout.getByRole('button', { name: /^109.µs/ }).press('Enter');
  for (const words of ['RTX 5090', '1024', 'mixed float16', 'PyTorch 2.9.1'])
    await expect(page.locator('.passport:popover-open')).toContainText(words);
});
