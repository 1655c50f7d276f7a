import { GPGPUContext, setWebGLContext } from '@tensorflow/tfjs-backend-webgl/dist/base';
import { env } from '@tensorflow/tfjs-core';
import type { Backend, BackendOptions, MapShape, Precision } from '../../backend.ts';
import { EngineError } from '../../../threads/errors.ts';
import { missingError } from '../about.ts';
import { rendererOf, webgl } from './about.ts';
import { conv, loadFilter } from './conv.ts';
import { createDevice, type Device, type WebglFilter, type WebglMap } from './device.ts';
import { targetsOf } from './limits.ts';
import { pool } from './pool.ts';
import { profileDraws } from './profile.ts';
import { softmax } from './softmax.ts';
import { bestTile, textureSizeOf, unpackTiles } from './tiles.ts';
import { CONTEXT_LOST, finished, sleep } from './waiting.ts';

/**
 * Opens a WebGL2 context of its own, which TensorFlow.js prepares, on the main thread or in a worker. Throws an EngineError with code `no-backend` when the browser gives no context that can
 * render to floats.
 */
export function openWebgl({
  onContextLost,
  mapWidths = [],
  precision: wanted = 'float32',
}: BackendOptions): Backend<WebglMap, WebglFilter> {
  const gl = createContext();
  const context = prepare(gl);
  const precision = precisionOf(gl, wanted);
  const device = createDevice(gl, {
    tile: bestTile(mapWidths, targetsOf(gl)),
    precision,
  });
  const closed = new AbortController();
  const close = (reason: EngineError): void => {
    closed.abort(reason);
  };
  gl.canvas.addEventListener(
    'webglcontextlost',
    () => {
      close(new EngineError('context-lost', CONTEXT_LOST));
      onContextLost?.();
    },
    { signal: closed.signal },
  );
  /** The event comes late: until then, work on a lost context fails in ways of its own. */
  const onDevice = <T>(work: () => T): T => {
    closed.signal.throwIfAborted();
    try {
      return work();
    } catch (cause) {
      if (gl.isContextLost()) throw new EngineError('context-lost', CONTEXT_LOST, { cause });
      throw cause;
    }
  };
  const compiled = async (): Promise<void> => {
    while (!onDevice(() => device.ready())) await sleep();
  };
  const read = async ({ grid }: WebglMap, buffer: WebGLBuffer): Promise<Float32Array> => {
    await finished(gl, closed.signal);
    const { columns, rows, layers } = textureSizeOf(grid);
    const texels = new Float32Array(columns * rows * layers * 4);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, texels);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    gl.deleteBuffer(buffer);
    return unpackTiles(texels, grid);
  };
  return {
    name: 'webgl',
    renderer: rendererOf(gl),
    precision,
    upload: (values, shape) =>
      onDevice(() => {
        const map = device.allocate(shape);
        device.write(map, values);
        return map;
      }),
    load: (weights, shape) => onDevice(() => loadFilter(device, weights, shape)),
    conv: (x, filter, options) => onDevice(() => conv(device, x, filter, options)),
    pool: (x) => onDevice(() => pool(device, x)),
    softmax: (x) => onDevice(() => softmax(device, x)),
    read: (map) =>
      read(
        map,
        onDevice(() => device.copy(map)),
      ),
    prepare(shape, compute) {
      const prepared = onDevice(() => record(device, shape, compute));
      return {
        async run(input, result) {
          await compiled();
          const map = prepared.results[result];
          return read(
            map,
            onDevice(() => prepared.draw(input, map)),
          );
        },
        async profile() {
          await compiled();
          const draws = prepared.passes.map((pass) => () => {
            onDevice(() => {
              device.draw([pass]);
            });
          });
          return profileDraws(gl, draws, closed.signal);
        },
        dispose: () => {
          prepared.dispose();
        },
      };
    },
    release: (tensor) => {
      device.release(tensor);
    },
    memory: () => ({ tensors: device.tensors(), gpuBytes: device.bytes() }),
    dispose() {
      close(new EngineError('internal', 'The network was disposed of.'));
      device.dispose();
      context.dispose();
      // Browsers collect contexts late and allow few of them; this gives it back now.
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

/** A computation on textures of its own: nothing is left to do for a run but to draw. */
function record<Name extends string>(
  device: Device,
  shape: MapShape,
  compute: (x: WebglMap) => Readonly<Record<Name, WebglMap>>,
) {
  const { passes, arena, result } = device.record(() => {
    const input = device.allocate(shape);
    return { input, results: compute(input) };
  });
  return {
    passes,
    results: result.results,
    /** Draws it all and asks for a copy of one result. */
    draw(values: Float32Array, wanted: WebglMap): WebGLBuffer {
      device.write(result.input, values);
      device.draw(passes);
      return device.copy(wanted);
    },
    dispose(): void {
      for (const map of Object.values<WebglMap>(result.results)) device.release(map);
      arena.dispose();
    },
  };
}

/** What the GPU can render to: float16 where it has no float32, as on some phones. */
function precisionOf(gl: WebGL2RenderingContext, wanted: Precision): Precision {
  const float32 = gl.getExtension('EXT_color_buffer_float') !== null;
  const float16 = gl.getExtension('EXT_color_buffer_half_float') !== null || float32;
  if (!float16) throw missingError(webgl);
  return float32 ? wanted : 'float16';
}
/**
 * A WebGL2 context that draws nothing. A canvas element where there is a document, since older
 * Safaris cannot wait for the GPU on an OffscreenCanvas; software rendering is slow but right, so it
 * is not refused.
 */
function createContext(): WebGL2RenderingContext {
  const wanted: WebGLContextAttributes = {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    powerPreference: 'high-performance',
    failIfMajorPerformanceCaveat: false,
  };
  const gl =
    typeof document === 'undefined'
      ? new OffscreenCanvas(1, 1).getContext('webgl2', wanted)
      : document.createElement('canvas').getContext('webgl2', wanted);
  if (!gl) throw missingError(webgl);
  return gl;
}

/**
 * What TensorFlow.js does here: it asks the context what the device can do, and turns on what
 * computing needs. Its own defaults hold (float32 textures); no flag is changed. Textures, programs
 * and draw calls are ours: its textures have one layer, and ours are written several at a time.
 */
function prepare(gl: WebGL2RenderingContext): GPGPUContext {
  // It asks a global context, once, when a flag is first read.
  setWebGLContext(2, gl);
  for (const flag of ['WEBGL_VERSION', 'WEBGL_MAX_TEXTURE_SIZE', 'WEBGL_RENDER_FLOAT32_ENABLED'])
    env().get(flag);
  try {
    return new GPGPUContext(gl);
  } catch (cause) {
    throw missingError(webgl, cause);
  }
}
