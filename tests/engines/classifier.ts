import path from 'node:path';
import { expect, test } from 'vitest';
import { WAYS } from '../../src/islands/classifier/ways.ts';
import golden from '../fixtures/weights/golden.shipped.json' with { type: 'json' };
import type { Page } from './page.ts';
import { eventually } from './poll.ts';

/**
 * How far a probability may be from the golden one. Half floats are held to the picture that the
 * network is sure of: they move one that it is unsure of by up to 4e-3, as rounded by Mesa.
 */
const TOLERANCE = { float32: 1e-5, float16: 2e-3 };

const FIXTURES = path.resolve('tests/fixtures/weights');

/** What the panel says of itself. */
const panel = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector<HTMLElement>('[data-classifier]');
    const shown = [...document.querySelectorAll<HTMLElement>('[data-prediction]')];
    return {
      backend: root?.dataset.backend ?? null,
      state: root?.dataset.state ?? null,
      alert: document.querySelector('[data-classifier] [role="alert"]')?.textContent ?? null,
      picture: document.querySelector('[data-classifier] canvas')?.getAttribute('aria-label') ?? '',
      predictions: shown.map(({ dataset }) => ({
        index: Number(dataset.classIndex),
        probability: Number(dataset.probability),
      })),
    };
  });

/** Opens a model's page and waits until its panel answers. */
async function open(page: Page, way: string): Promise<void> {
  await page.goto('models/regnetx_002/');
  await eventually(() =>
    page.evaluate(() => {
      const select = document.querySelector('select[data-way]');
      const sample = document.querySelector('[data-sample]');
      return select !== null && sample?.closest('fieldset:disabled') === null;
    }),
  ).toBe(true);
  await page.evaluate((value) => {
    const select = document.querySelector<HTMLSelectElement>('select[data-way]');
    if (!select) return;
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, way);
}

/** Whether WebGPU has a graphics processor in this browser, be it in software. */
const hasAdapter = (page: Page) =>
  page.evaluate(async () => 'gpu' in navigator && (await navigator.gpu.requestAdapter()) !== null);

/** What the browser does not know of is not offered; what does not compute says so. */
async function isRefused(page: Page, id: string): Promise<void> {
  const known = await page.evaluate(() => 'gpu' in navigator);
  const offered = await page.evaluate(
    (value) => document.querySelector(`select[data-way] option[value="${value}"]`) !== null,
    id,
  );
  expect(offered).toBe(known);
  if (!known) return;
  await page.click('[data-sample="espresso-coffee"]');
  await eventually(async () => (await panel(page)).state).toBe('error');
  expect((await panel(page)).alert).toContain('This browser offers no WebGPU');
  // Chromium writes into the console what the panel says.
  expect(page.complaints().filter((one) => !one.includes('No available adapters'))).toEqual([]);
}

export function classifier(page: () => Page): void {
  test.each(WAYS)('computes the golden numbers on $label', async ({ id, backend, precision }) => {
    await open(page(), id);
    if (backend === 'webgpu' && !(await hasAdapter(page()))) {
      await isRefused(page(), id);
      return;
    }
    const cases = precision === 'float16' ? [golden.sure] : [golden.sure, golden.unsure];
    for (const { image, probabilities } of cases) {
      await page().upload('[data-image-input]', path.join(FIXTURES, image));
      await eventually(async () => {
        const { state, picture } = await panel(page());
        return state === 'error' || (state === 'done' && picture.includes(image));
      }).toBe(true);
      const { alert, backend: ran, predictions } = await panel(page());
      expect(alert).toBeNull();
      expect(ran).toBe(backend);
      expect(predictions).toHaveLength(5);
      const differences = predictions.map(({ index, probability }) =>
        Math.abs(probability - (probabilities[index] ?? NaN)),
      );
      expect(Math.max(...differences)).toBeLessThanOrEqual(TOLERANCE[precision]);
    }
  });

  test('classifies a sample at a click', async () => {
    await open(page(), 'wasm');
    await page().click('[data-sample="espresso-coffee"]');
    await eventually(async () => (await panel(page())).predictions[0]?.index).toBe(193);
  });
}
