/**
 * Time told beside the machine's own: in the processor's milliseconds of the page's thread, which no other
 * process lengthens, and next to one fixed piece of work in the same browser, since the same machine may be
 * several times slower an hour later.
 */
import type { Browser, Page } from '@playwright/test';
import { median } from 'd3-array';

/** Processor's milliseconds that a page's thread is busy while something is done. */
export async function busyFor(page: Page, work: () => Promise<unknown>): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const before = await busy();
  await work();
  const spent = (await busy()) - before;
  await devtools.detach();
  return spent;
}

/** Processor's milliseconds in which a table of 2,000 rows is laid out and 16 MB are filled, now. */
export async function fixedWork(browser: Browser): Promise<number> {
  const page = await browser.newPage();
  const times: number[] = [];
  for (let run = 0; run < 5; run++)
    times.push(
      await busyFor(page, () =>
        page.evaluate(() => {
          const table = document.body.appendChild(document.createElement('table'));
          for (let row = 0; row < 2000; row++)
            table.insertRow().insertCell().textContent = String(row);
          const height = table.offsetHeight;
          table.remove();
          return height + new Uint8Array(16e6).fill(1).length;
        }),
      ),
    );
  await page.close();
  return median(times) ?? Number.NaN;
}
