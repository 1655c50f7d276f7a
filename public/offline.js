/**
 * A service worker that lets pages come back without the network, so that kept weights run there.
 * Registered with the first official weights, unregistered with the last (see
 * src/islands/classifier/offline.ts). What the network gives comes first; a copy stands in where
 * nothing comes, and only one from the deployment that the network gave last.
 */

/** The build that this worker belongs to, and its files below the scope; filled in when it is made. */
const BUILD = { name: '', files: [] };
const CACHE = `regnetx-pages ${registration.scope}`;
const LISTED = new Set(BUILD.files.map((file) => registration.scope + file));
/** Their names contain a hash of what is in them, so a copy is as good as the file. */
const HASHED = `${registration.scope}_astro/`;
/** A header of ours on what is kept: the build that was online then. */
const FROM = 'X-Regnetx-Build';
/** Where the name of the build is kept that the network gave last. */
const SEEN = `${registration.scope}?build`;

/** A network that gives nothing for so long counts as stalled. */
const PATIENCE_MS = 3000;
/** So long may one file take that is fetched beside the page. */
const RENEWAL_MS = 60_000;
/** Not waited for again, until something comes. */
let stalled = false;

addEventListener('install', (event) => {
  event.waitUntil(becomeCurrent());
});
addEventListener('activate', (event) => {
  event.waitUntil(clients.claim());
});

/**
 * What is kept becomes this build's while it is installed. An older worker goes on serving it until no
 * page of the site is open: in Chromium a page that is opened while workers change may never come.
 */
async function becomeCurrent() {
  await renew();
  await prune();
  const open = await clients.matchAll({ includeUncontrolled: true });
  await tell(open.filter(({ url }) => isOurs(url)));
}

/** A page names addresses that it loaded without this worker, or asks which build is online. */
addEventListener('message', (event) => {
  const { keep: missing } = event.data;
  event.waitUntil(missing ? keepMissing(missing) : tell([event.source]));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (isOurs(request.url) && request.method === 'GET' && request.cache !== 'no-store')
    event.respondWith(answer(event));
});

/** Weights are kept elsewhere, checked. */
const isOurs = (url) => url.startsWith(registration.scope) && !url.endsWith('.safetensors');

/** The file of the network, or the copy where that fails or gives nothing for three seconds. */
async function answer(event) {
  const { request } = event;
  const copy = await copyOf(request);
  if (copy && request.url.startsWith(HASHED)) return copy;
  if (!copy) {
    const response = await fetch(request);
    stalled = false;
    event.waitUntil(keep(request, response.clone()));
    return response;
  }
  // Goes on beside a copy that is shown: what comes late is there the next time.
  const fresh = whole(request);
  event.waitUntil(fresh.then((response) => keep(request, response.clone())).catch(() => undefined));
  return Promise.race([fresh, stall(fresh)]).catch(() => copy);
}

/** Rejects once the network has given nothing for too long. */
function stall(fresh) {
  return new Promise((_, reject) => {
    const timer = setTimeout(
      () => {
        stalled = true;
        reject(new Error('stalled'));
      },
      stalled ? 0 : PATIENCE_MS,
    );
    fresh.finally(() => clearTimeout(timer)).catch(() => undefined);
  });
}

/** A response of which everything has come; rejects where there is none. */
async function whole(request) {
  const response = await fetch(request);
  // A host in trouble is as good as none.
  if (response.status >= 500) throw new Error(`${response.status}`);
  const body = await response.blob();
  stalled = false;
  return ofBytes(response, body);
}

/** Static files are the same whatever the query, so a page is kept once. */
function keyOf(request) {
  const { origin, pathname } = new URL(request.url);
  return origin + pathname;
}

/** The cache; undefined once the page has deleted it with the last weights. */
async function openCache() {
  return (await caches.has(CACHE)) ? caches.open(CACHE) : undefined;
}

/** What is kept of the deployment that was online last. */
async function copyOf(request) {
  const cache = await openCache();
  const copy = await cache?.match(keyOf(request));
  if (!copy || request.url.startsWith(HASHED)) return copy;
  return copy.headers.get(FROM) === (await seen()) ? copy : undefined;
}

/** Keeps a good answer; a full disk is no reason to fail. */
async function keep(request, response) {
  if (response.status !== 200) return;
  try {
    const body = await response.blob();
    const build = body.type.startsWith('text/html') && buildOf(await body.text());
    if (build) await see(build);
    const online = await seen();
    const key = keyOf(request);
    // Which files another build has, its own worker knows.
    if (online === BUILD.name && !LISTED.has(key)) return;
    const cache = await openCache();
    await cache?.put(key, ofBytes(response, body, online));
  } catch {
    // It comes from the network the next time.
  }
}

/** The build that a page says it is of. */
const buildOf = (html) => /<html[^>]*? data-build="(\w+)"/.exec(html)?.[1];

/** A response with that body, marked with a build if one is given. */
function ofBytes({ status, statusText, headers: given }, body, build) {
  const headers = new Headers(given);
  // The bytes are unpacked by now.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  if (build) headers.set(FROM, build);
  return new Response(body, { status, statusText, headers });
}

async function keepMissing(urls) {
  for (const url of urls) {
    if (isOurs(url) && !(await copyOf({ url }))) await fetchAndKeep(url);
  }
  // What another build has, its own worker fetches.
  if ((await seen()) === BUILD.name) await renew();
}

/** All code of this build, and its versions of the other files that are kept. */
async function renew() {
  const cache = await openCache();
  if (!cache) return;
  const kept = new Map();
  for (const request of await cache.keys()) kept.set(request.url, await cache.match(request));
  const stale = [...LISTED].filter((url) =>
    url.startsWith(HASHED)
      ? !kept.has(url)
      : kept.has(url) && kept.get(url).headers.get(FROM) !== BUILD.name,
  );
  await Promise.all(stale.map((url) => fetchAndKeep(url)));
}

async function fetchAndKeep(url) {
  try {
    const signal = AbortSignal.timeout(RENEWAL_MS);
    await keep({ url }, await fetch(url, { cache: 'no-cache', signal }));
  } catch {
    // It is kept when it is next asked for.
  }
}

/** Deletes what this build does not have, or has in another version. */
async function prune() {
  const cache = await openCache();
  if (!cache) return;
  await cache.put(SEEN, new Response(BUILD.name));
  for (const request of await cache.keys()) {
    const { url } = request;
    const current =
      url.startsWith(HASHED) || (await cache.match(request)).headers.get(FROM) === BUILD.name;
    if (url !== SEEN && !(LISTED.has(url) && current)) await cache.delete(request);
  }
}

/** The build that the network gave last. */
async function seen() {
  const cache = await openCache();
  return (await (await cache?.match(SEEN))?.text()) ?? BUILD.name;
}

/** Notes that the network gave a build; its own worker is fetched, and pages of others told. */
async function see(build) {
  if (build === (await seen())) return;
  const cache = await openCache();
  await cache?.put(SEEN, new Response(build));
  await tell(await clients.matchAll());
  if (build !== BUILD.name) registration.update().catch(() => undefined);
}

/** Tells pages which build is online; one of another build announces it. */
async function tell(pages) {
  const build = await seen();
  for (const page of pages) page.postMessage({ build });
}
