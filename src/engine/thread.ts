/** What this very thread can run, a worker or the page, asked without loading TensorFlow.js. */
import type { BackendName } from './backend.ts';

/**
 * Whether this thread has what a backend needs: a canvas that decodes pictures and, for `webgl`, one
 * with WebGL2 (Safari's workers since 17). The first WebGL2 context of a page takes the browser some
 * tenths of a second, so this is asked where they hold nobody up: in a worker first.
 */
export function threadRuns(backend: BackendName): boolean {
  if (typeof document === 'undefined') {
    if (typeof OffscreenCanvas === 'undefined') return false;
    const canvas = new OffscreenCanvas(1, 1);
    if (backend !== 'webgl') return canvas.getContext('2d') !== null;
    return release(canvas.getContext('webgl2'));
  }
  const canvas = document.createElement('canvas');
  return backend !== 'webgl' || release(canvas.getContext('webgl2'));
}

/** Browsers allow only a handful of contexts at a time; gives one back at once. */
function release(context: WebGL2RenderingContext | null): boolean {
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
