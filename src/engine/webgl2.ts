/** What the browser offers, asked without loading TensorFlow.js. */
import type { BackendName } from './backend.ts';

/** Whether this browser has WebGL2, in a worker or in the page. */
export function hasWebGL2(): boolean {
  return workerHas('webgl') || canvasHasWebGL2();
}

/** Whether a worker can run that backend: it needs a canvas of its own, Safari's has WebGL2 since 17. */
export function workerHas(backend: BackendName): boolean {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return false;
  const canvas = new OffscreenCanvas(1, 1);
  if (backend !== 'webgl') return canvas.getContext('2d') !== null;
  return release(canvas.getContext('webgl2'));
}

function canvasHasWebGL2(): boolean {
  return release(document.createElement('canvas').getContext('webgl2'));
}

/** Browsers allow only a handful of contexts at a time; gives one back at once. */
function release(context: WebGL2RenderingContext | null): boolean {
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
