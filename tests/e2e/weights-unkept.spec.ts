/** Official weights where the browser keeps no files. */
import { expect } from '@playwright/test';
import pycls from '../../content/checkpoints/regnetx_002.pycls_in1k.json' with { type: 'json' };
import { CHROMIUM_FLAGS, findChromium } from '../browsers/chromium.ts';
import {
  alertIn,
  buttonOf,
  expectNodesAnswer,
  expectResumed,
  FILE,
  inState,
  panelOf,
  test,
} from './weights.ts';

// Plain http on another name than localhost: no secure origin, so no storage and no crypto.subtle.
test.use({
  launchOptions: {
    executablePath: findChromium(),
    args: [
      ...CHROMIUM_FLAGS,
      '--host-resolver-rules=MAP zoo.test localhost',
      '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
    ],
  },
});
test('it runs, checked all the same, and the panel says that it is not kept', async ({
  page,
  hub,
  baseURL,
}) => {
  const address = (baseURL ?? '').replace('localhost', 'zoo.test');
  hub.behave({ body: FILE.map((byte, i) => (i === 9_000_000 ? byte ^ 1 : byte)) });
  await page.goto(`${address}models/regnetx_002/`);
  await buttonOf(page).click();
  await inState(page, 'error');
  await expect(alertIn(page)).toHaveText(/SHA-256 is another/);
  hub.behave({ dropAfter: 6_000_000 });
  await page.getByRole('button', { name: 'Try again' }).click();
  await inState(page, 'done');
  await expect(panelOf(page)).toContainText('lets the page keep no files');
  await expectNodesAnswer(page, FILE, pycls.preprocessing);
  expectResumed(hub, 1);
});
