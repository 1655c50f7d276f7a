/**
 * A service worker that lets pages come back without the network, so that kept weights run there.
 * Registered with the first official weights, unregistered with the last (see
 * src/islands/classifier/offline.ts). What the network gives always comes first.
 */
const CACHE = `regnetx-pages ${registration.scope}`;

addEventListener('install', () => {
  skipWaiting();
});
addEventListener('activate', (event) => {
  event.waitUntil(clients.claim());
});

/** Addresses that a page had loaded before it came under this worker. */
addEventListener('message', (event) => {
  event.waitUntil(keepMissing(event.data));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  // Weights are kept elsewhere, checked.
  const ours =
    request.url.startsWith(registration.scope) && !request.url.endsWith('.safetensors');
  if (ours && request.method === 'GET' && request.cache !== 'no-store')
    event.respondWith(networkFirst(event));
});

async function networkFirst(event) {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (response.status === 200) event.waitUntil(keep(request, response.clone()));
    return response;
  } catch (error) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request, { ignoreSearch: request.mode === 'navigate' });
    if (kept) return kept;
    throw error;
  }
}

async function keepMissing(urls) {
  const cache = await caches.open(CACHE);
  const missing = urls.filter((url) => url.startsWith(registration.scope));
  for (const url of missing)
    if (!url.endsWith('.safetensors') && !(await cache.match(url)))
      await cache.add(url).catch(() => undefined);
}

/** A full disk is no reason to fail. */
async function keep(request, response) {
  const cache = await caches.open(CACHE);
  await cache.put(request, response).catch(() => undefined);
}
