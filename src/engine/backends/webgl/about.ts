import type { About } from '../about.ts';

export const webgl: About = {
  id: 'webgl',
  name: 'WebGL2',
  label: 'WebGL',
  gpu: true,
  precisions: ['float32', 'float16'],
  contends: true,
  known: null,
  probe: webglRenderer,
  needs: 'WebGL2',
  missing:
    'This browser offers no WebGL2 that can compute: turn on hardware acceleration in its settings, or use a current Chrome, Edge, Firefox or Safari.',
  fallback: 'wasm',
  timing: ['timer-query', 'repeats'],
};

/**
 * What renders WebGL2 on this thread, by the browser's name for it; null where nothing does: Safari's
 * workers have it since 17. The first context of a page takes the browser some tenths of a second, so
 * this is asked where they hold nobody up: in a worker first.
 */
function webglRenderer(): string | null {
  return onContext(rendererOf);
}

/** Asks a context of its own, which goes at once; null where there is none. */
export function onContext<T>(ask: (context: WebGL2RenderingContext) => T): T | null {
  const context = canvas()?.getContext('webgl2');
  if (!context) return null;
  const answer = ask(context);
  // Browsers allow only a handful of contexts at a time.
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return answer;
}

/** Node has none. */
function canvas(): HTMLCanvasElement | OffscreenCanvas | null {
  if (typeof document !== 'undefined') return document.createElement('canvas');
  return typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1);
}

/** The renderer's name, as far as the browser gives it. */
export function rendererOf(context: WebGL2RenderingContext): string {
  const debug = context.getExtension('WEBGL_debug_renderer_info');
  return String(context.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : context.RENDERER));
}
