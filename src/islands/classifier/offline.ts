/** Lets this site's pages come back without the network, as long as weights are kept. */

/** The worker is not worth a longer wait; it helps the next visit only. */
const PATIENCE_MS = 1000;

/** What the worker keeps; it keeps nothing while this is not there. */
const cacheOf = (scope: string): string => `regnetx-pages ${scope}`;
const scopeOf = (base: string): string => new URL(base, location.href).href;

/** The browser's service workers; undefined where it has or allows none. */
export function serviceWorkers(): ServiceWorkerContainer | undefined {
  try {
    return (navigator as Partial<Navigator>).serviceWorker;
  } catch {
    return undefined;
  }
}

/** Puts this page under the service worker, if the browser has such; never rejects. */
export async function startOffline(base: string): Promise<void> {
  const container = serviceWorkers();
  if (!container) return;
  try {
    await container.register(`${base}offline.js`, { scope: base });
    await caches.open(cacheOf(scopeOf(base)));
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

/** Has the worker keep this page and what it loaded before, once there is a worker. */
export function keepPage(): void {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const keep = [location.href, ...loaded].map((url) => url.replace(/#.*/, ''));
  void serviceWorkers()?.ready.then(({ active }) => {
    active?.postMessage({ keep });
  });
}

/** Undoes `startOffline` for this site; never rejects. */
export async function stopOffline(base: string): Promise<void> {
  const scope = scopeOf(base);
  try {
    const registration = await serviceWorkers()?.getRegistration(scope);
    if (registration?.scope === scope) await registration.unregister();
    await caches.delete(cacheOf(scope));
  } catch {
    // Where nothing may be kept, nothing was.
  }
}
