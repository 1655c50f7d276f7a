/** Playwright's `test` for the built site: it fails when anything breaks the policy of a page. */
import { expect, test as base } from '@playwright/test';

export { expect };

export const test = base.extend<{
  /** What the browser said about the policy; a test that provokes it takes it out. */
  violations: string[];
}>({
  violations: [
    async ({ context }, use) => {
      const found: string[] = [];
      context.on('console', (message) => {
        if (/content security policy/i.test(message.text())) found.push(message.text());
      });
      await use(found);
      expect(found).toEqual([]);
    },
    { auto: true },
  ],
});
