import { meterWebgpu } from './webgpuMeter.ts';

/** Counts what any engine asks of WebGL and WebGPU in this frame, the same way for all. */
export interface GpuMeter {
  /** Draw calls and dispatches so far. */
  draws(): number;
  /** Bytes of the textures and buffers that are there now. */
  bytes(): number;
  /** The GPU as the browser names it; null before an engine has opened a context or a device. */
  gpu(): string | null;
}

type Method = (this: WebGL2RenderingContext, ...args: never[]) => unknown;

/** Wraps their methods; call it before an engine opens a context or a device. */
export function meterGpu(): GpuMeter {
  const webgpu = meterWebgpu();
  let draws = 0;
  let renderer: string | null = null;
  const sizes = new Map<WebGLTexture, number>();
  const bound = new Map<number, WebGLTexture | null>();
  const store = (target: number, format: number, texels: number): void => {
    const texture = bound.get(target);
    if (texture) sizes.set(texture, texels * bytesPerTexel(format));
  };
  const prototype = WebGL2RenderingContext.prototype;
  after(prototype, 'drawArrays', () => draws++);
  after(prototype, 'drawElements', () => draws++);
  after(
    prototype,
    'bindTexture',
    function (this: WebGL2RenderingContext, target: number, texture: WebGLTexture | null) {
      bound.set(target, texture);
      renderer ??= rendererOf(this);
    },
  );
  after(prototype, 'deleteTexture', (texture: WebGLTexture) => sizes.delete(texture));
  after(
    prototype,
    'texImage2D',
    (target: number, _level: number, format: number, width: number, height: number) => {
      store(target, format, width * height);
    },
  );
  after(
    prototype,
    'texStorage2D',
    (target: number, _levels: number, format: number, width: number, height: number) => {
      store(target, format, width * height);
    },
  );
  after(
    prototype,
    'texStorage3D',
    (target: number, _n: number, format: number, width: number, height: number, depth: number) => {
      store(target, format, width * height * depth);
    },
  );
  return {
    draws: () => draws + webgpu.dispatches(),
    bytes: () => [...sizes.values()].reduce((sum, n) => sum + n, webgpu.bytes()),
    gpu: () => webgpu.gpu() ?? renderer,
  };
}

/** Calls `told` with the numbers and objects of every call, after the method has run. */
function after(
  prototype: WebGL2RenderingContext,
  name: keyof WebGL2RenderingContext,
  told: (this: WebGL2RenderingContext, ...args: never[]) => unknown,
): void {
  const original = Reflect.get(prototype, name) as Method;
  Object.defineProperty(prototype, name, {
    configurable: true,
    value(this: WebGL2RenderingContext, ...args: never[]) {
      const result = original.apply(this, args);
      told.apply(this, args);
      return result;
    },
  });
}

function rendererOf(gl: WebGL2RenderingContext): string {
  const debug = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

/** Of the formats that the engines use; others count as 8 bits by four channels. */
function bytesPerTexel(format: number): number {
  const gl = WebGL2RenderingContext;
  const bytes: Partial<Record<number, number>> = {
    [gl.RGBA32F]: 16,
    [gl.RGBA16F]: 8,
    [gl.R32F]: 4,
    [gl.R16F]: 2,
    [gl.R8]: 1,
  };
  return bytes[format] ?? 4;
}
