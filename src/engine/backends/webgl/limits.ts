import type { Limits } from '../../limits.ts';
import { onContext } from './about.ts';

/** WebGL2 allows four render targets at least; more than eight were never measured. */
const MOST_TARGETS = 8;

/** Layers that one draw call writes. */
export function targetsOf(gl: WebGL2RenderingContext): number {
  const limits = [gl.MAX_DRAW_BUFFERS, gl.MAX_COLOR_ATTACHMENTS].map(
    // Null on a context that is lost already.
    (name) => (gl.getParameter(name) as number | null) ?? 4,
  );
  return Math.min(MOST_TARGETS, ...limits);
}

/** Texels along a side of a texture; without a limit on a context that is lost already. */
export function sideOf(gl: WebGL2RenderingContext): number {
  return (gl.getParameter(gl.MAX_TEXTURE_SIZE) as number | null) ?? Infinity;
}

/** What WebGL2 is granted on this thread; null where there is none. */
export function webglLimits(): Limits | null {
  return onContext((gl) => ({ kind: 'textures', side: sideOf(gl), targets: targetsOf(gl) }));
}
