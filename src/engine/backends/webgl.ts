import {
  GPGPUContext,
  MathBackendWebGL,
  setWebGLContext,
} from '@tensorflow/tfjs-backend-webgl/dist/base';
import { env, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Backend, BackendOptions } from '../backend.ts';
import { EngineError } from '../errors.ts';
import { globalAveragePoolWebgl } from '../ops/webgl/globalAveragePool.ts';
import { groupedConv2DWebgl } from '../ops/webgl/groupedConv2D.ts';
import { packedInput } from '../ops/webgl/packedTexture.ts';
import { packTexels, unpackTexels } from '../ops/webgl/texels.ts';
import { registerKernels, runKernel } from './kernels.ts';

/**
 * Opens a WebGL2 context of its own and a TensorFlow.js backend on it, on the main thread or in a
 * worker. Throws an EngineError with code `no-webgl` when the browser gives no context that can
 * render to floats.
 */
export function openWebgl({ onContextLost }: BackendOptions): Backend {
  const gl = createContext();
  const instance = createInstance(gl);
  registerKernels([groupedConv2DWebgl, globalAveragePoolWebgl]);
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
  return {
    name: 'webgl',
    renderer: rendererOf(gl),
    upload: (values, shape) => onDevice(() => upload(instance, values, shape)),
    run: (kernelName, inputs, attrs) =>
      onDevice(() => runKernel(kernelName, { name: 'webgl', instance }, inputs, attrs)),
    async read(tensor) {
      const { buffer, floats } = onDevice(() => copyToBuffer(instance, tensor));
      await finished(gl, closed.signal);
      const texels = instance.gpgpu.downloadFloat32MatrixFromBuffer(buffer, floats);
      gl.deleteBuffer(buffer);
      return unpackTexels(texels, tensor.shape);
    },
    release(tensor) {
      instance.disposeData(tensor.dataId);
    },
    memory: () => ({
      tensors: instance.numDataIds(),
      gpuBytes: instance.memory().numBytesInGPUAllocated,
    }),
    dispose() {
      close(new EngineError('internal', 'The network was disposed of.'));
      instance.dispose();
      // Browsers collect contexts late and allow few of them; this frees the GPU's memory now.
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

const NO_WEBGL =
  'This browser offers no WebGL2 that can compute: turn on hardware acceleration in its settings, or use a current Chrome, Edge, Firefox or Safari.';
const CONTEXT_LOST =
  'The browser took the graphics processor away from this page: load the network again.';

/**
 * A WebGL2 context that draws nothing. A canvas element where there is a document, since older
 * Safaris cannot wait for the GPU on an OffscreenCanvas; software rendering is slow but right, so it
 * is not refused.
 */
function createContext(): WebGL2RenderingContext {
  const canvas =
    typeof document === 'undefined' ? new OffscreenCanvas(1, 1) : document.createElement('canvas');
  const gl = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    powerPreference: 'high-performance',
    failIfMajorPerformanceCaveat: false,
  }) as WebGL2RenderingContext | null;
  if (!gl) throw new EngineError('no-webgl', NO_WEBGL);
  return gl;
}

/** TensorFlow.js's own defaults hold (float32 textures, packing); no flag is changed. */
function createInstance(gl: WebGL2RenderingContext): MathBackendWebGL {
  // TensorFlow.js asks a global context what the device can do, once, when a flag is first read.
  setWebGLContext(2, gl);
  for (const flag of ['WEBGL_VERSION', 'WEBGL_MAX_TEXTURE_SIZE', 'WEBGL_RENDER_FLOAT32_ENABLED'])
    env().get(flag);
  try {
    return new MathBackendWebGL(new GPGPUContext(gl));
  } catch (cause) {
    throw new EngineError('no-webgl', NO_WEBGL, { cause });
  }
}

function rendererOf(gl: WebGL2RenderingContext): string {
  const debug = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

/** Packs on the CPU, which spares a program a shape and a second texture on the GPU. */
function upload(
  instance: MathBackendWebGL,
  values: Float32Array,
  shape: readonly number[],
): TensorInfo {
  const tensor = instance.makeTensorInfo([...shape], 'float32');
  const data = instance.texData.get(tensor.dataId);
  data.isPacked = true;
  instance.uploadToGPU(tensor.dataId);
  const { texture, width, height } = textureOf(instance, tensor);
  instance.gpgpu.uploadDenseMatrixToTexture(texture, width, height, packTexels(values, shape));
  return tensor;
}

/** Asks for a copy of a tensor's texels in a buffer, which is there when the GPU has finished. */
function copyToBuffer(
  instance: MathBackendWebGL,
  tensor: TensorInfo,
): { buffer: WebGLBuffer; floats: number } {
  const packed = packedInput(instance, tensor);
  const { texture, width, height } = textureOf(instance, packed.tensor);
  const buffer = instance.gpgpu.createBufferFromTexture(texture, height, width);
  if (packed.temporary) instance.disposeIntermediateTensorInfo(packed.tensor);
  return { buffer, floats: width * height * 4 };
}

/** Resolves when the GPU has done all that was asked of it so far. */
async function finished(gl: WebGL2RenderingContext, closed: AbortSignal): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  for (;;) {
    // Browsers tell about a fence only after the script has yielded.
    await new Promise((resolve) => setTimeout(resolve));
    closed.throwIfAborted();
    // A lost context may have lost the fence before it says so: then there is nothing to wait for.
    const status = fence ? gl.clientWaitSync(fence, 0, 0) : gl.WAIT_FAILED;
    if (status === gl.WAIT_FAILED) throw new EngineError('context-lost', CONTEXT_LOST);
    if (status !== gl.TIMEOUT_EXPIRED) break;
  }
  gl.deleteSync(fence);
}

/** The texture of a packed tensor and its size in texels. */
function textureOf(
  instance: MathBackendWebGL,
  { dataId }: TensorInfo,
): { texture: WebGLTexture; width: number; height: number } {
  const { texture, texShape } = instance.texData.get(dataId);
  if (!texture || !texShape) throw new Error('The tensor is not on the GPU.');
  const [rows, columns] = texShape;
  return { texture: texture.texture, width: Math.ceil(columns / 2), height: Math.ceil(rows / 2) };
}
