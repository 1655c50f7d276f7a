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
  }
  return backend !== 'webgl' || webglRenderer() !== null;
}

/** What renders WebGL2 on this thread, by the browser's name for it; null where nothing does. */
export function webglRenderer(): string | null {
  const context =
    typeof document === 'undefined'
      ? new OffscreenCanvas(1, 1).getContext('webgl2')
      : document.createElement('canvas').getContext('webgl2');
  if (!context) return null;
  const name = rendererOf(context);
  // Browsers allow only a handful of contexts at a time.
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return name;
}

/** The renderer's name, as far as the browser gives it. */
export function rendererOf(context: WebGL2RenderingContext): string {
  const debug = context.getExtension('WEBGL_debug_renderer_info');
  return String(context.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : context.RENDERER));
}
