/** What the tests of the classifier's panel share. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Software rendering on a busy machine. */
export const PATIENCE = { timeout: 45_000 };

export const panelOf = (page: Page): Locator => page.locator('[data-classifier]');

export const inState = (page: Page, state: string, patience = PATIENCE): Promise<void> =>
  expect(panelOf(page)).toHaveAttribute('data-state', state, patience);

/** The most probable class. */
export const best = (page: Page): Locator => page.locator('[data-prediction]').first();
