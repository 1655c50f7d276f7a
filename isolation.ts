/**
 * What a server sends with every page and script so that the browser isolates the site from others
 * and lets the threads of WebAssembly share memory. A host that does not send it loses nothing but
 * the threads, as does a browser that does not know `credentialless` (Safari). `require-corp` would
 * do there, but then a page cannot ask any more whether a host that allows no CORS is up.
 */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'credentialless',
};
