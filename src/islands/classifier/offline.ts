/** Lets this site's pages come back without the network, as long as weights are kept. */

/** The worker is not worth a longer wait; it helps the next visit only. */
const PATIENCE_MS = 1000;

const workers = (): ServiceWorkerContainer | undefined =>
  (navigator as Partial<Navigator>).serviceWorker;

/** Puts this page under the service worker, if the browser has such; never rejects. */
export async function startOffline(base: string): Promise<void> {
  const container = workers();
  if (!container) return;
  try {
    await container.register(`${base}offline.js`, { scope: base });
  } catch {
    return;
  }
  if (container.controller) return;
  await new Promise<void>((resolve) => {
    container.addEventListener('controllerchange', () => {
      resolve();
    });
    setTimeout(resolve, PATIENCE_MS);
  });
}

/** Has the worker keep this page and what it loaded before. */
export function keepPage(): void {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  workers()?.controller?.postMessage([location.href.replace(/#.*/, ''), ...loaded]);
}

/** Undoes `startOffline` for this site; never rejects. */
export async function stopOffline(base: string): Promise<void> {
  const scope = new URL(base, location.href).href;
  const registration = await workers()
    ?.getRegistration(scope)
    .catch(() => undefined);
  if (registration?.scope !== scope) return;
  await registration.unregister();
  await caches.delete(`regnetx-pages ${scope}`);
}
