/** Every variant's page runs its real network with nothing but the site, and where weights ship rightly. */
import { existsSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { models } from '../../src/zoo/models.ts';
import { inState, panelOf, PATIENCE } from './panel.ts';
import { complaints } from './site.ts';
import { expect, test } from './test.ts';

const FIXTURES = 'tests/fixtures/weights';
/** The project's bar for a probability. */
const TOLERANCE = 5e-3;

interface Golden {
  readonly cases: readonly {
    readonly image: string;
    readonly probabilities: readonly number[];
    readonly top5: readonly { readonly index: number }[];
  }[];
}

/** What PyTorch says with the weights that ship for a variant; null where none do. */
function goldenOf(id: string): Golden | null {
  const file = `${FIXTURES}/golden.${id}.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Golden) : null;
}

/** Lets nothing through but the site itself; what else was asked for. */
async function withoutNetwork(page: Page): Promise<string[]> {
  const refused: string[] = [];
  await page.context().route(
    (url) => url.protocol.startsWith('http') && url.hostname !== 'localhost',
    async (route) => {
      refused.push(route.request().url());
      await route.abort('internetdisconnected');
    },
  );
  return refused;
}

const number = (page: Page, attribute: string): Promise<number> =>
  panelOf(page).locator(`[${attribute}]`).getAttribute(attribute).then(Number);

for (const { id, name } of models)
  test(`${name} runs its network with nothing but the site`, async ({ page }) => {
    const found = complaints(page);
    const refused = await withoutNetwork(page);
    const golden = goldenOf(id);
    await page.goto(`./models/${id}/?backend=wasm`);

    await page.locator('[data-time-here]').click();
    await inState(page, 'done');
    await expect(panelOf(page)).toHaveAttribute('data-checkpoint', 'seeded');
    await expect(panelOf(page)).toHaveAttribute('data-backend', 'wasm');
    await expect(page.locator('[data-prediction]')).toHaveCount(0);
    await expect(panelOf(page)).toContainText('no predictions are shown');
    for (const time of ['data-first-ms', 'data-median-ms'])
      expect(await number(page, time)).toBeGreaterThan(0);
    await expect(panelOf(page).locator('[data-stage-time]')).toHaveCount(6);

    // A picture takes its place back, and each is seen as PyTorch sees it.
    for (const { image, probabilities, top5 } of golden?.cases ?? []) {
      await page.locator('[data-image-input]').setInputFiles(`${FIXTURES}/${image}`);
      await expect(page.getByRole('img', { name: `${image}, cropped` })).toBeVisible(PATIENCE);
      const seen = await page.locator('[data-prediction]').evaluateAll((rows) =>
        rows.map((row) => ({
          index: Number(row.getAttribute('data-class-index')),
          probability: Number(row.getAttribute('data-probability')),
        })),
      );
      expect(seen).toHaveLength(5);
      expect(seen[0]?.index).toBe(top5[0]?.index);
      for (const { index, probability } of seen)
        expect(Math.abs(probability - (probabilities[index] ?? NaN))).toBeLessThanOrEqual(
          TOLERANCE,
        );
    }
    if (golden)
      await expect(panelOf(page)).toHaveAttribute('data-checkpoint', `${id}.tiny-imagenet-200`);
    expect(refused).toEqual([]);
    expect(found).toEqual([]);
  });

test('weights ship for as many variants as there are numbers of PyTorch', () => {
  const shipped = models.filter(({ id }) =>
    existsSync(`public/weights/${id}.tiny-imagenet-200.safetensors`),
  );
  expect(models.filter(({ id }) => goldenOf(id)).map(({ id }) => id)).toEqual(
    shipped.map(({ id }) => id),
  );
});
