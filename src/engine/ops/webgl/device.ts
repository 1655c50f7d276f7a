import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Precision } from '../../backend.ts';
import { createArena, type Arena } from './arena.ts';
import { createPrograms, type Program } from './programs.ts';
import type { Shader } from './shaders.ts';
import { createTextures, type Texture } from './textures.ts';
import { packTiles, textureSizeOf, tileGridOf, type TextureSize, type TileGrid } from './tiles.ts';

/** One draw call: a program, what it reads and what it writes. */
export interface Pass {
  readonly program: Program;
  readonly shape: Int32Array;
  readonly inputs: readonly Texture[];
  readonly output: Texture;
  readonly size: TextureSize;
}

/** A computation as the list of its passes, with textures of its own. */
export interface Recording<T> {
  readonly passes: readonly Pass[];
  readonly arena: Arena;
  readonly result: T;
}

/**
 * What our kernels need of the GPU. Tensors are TensorFlow.js's; their numbers lie in array textures
 * (tiles.ts), which its own textures cannot be, since one pass writes several layers.
 */
export interface Device {
  /** Pixels that a fragment computes. */
  readonly tile: number;
  gridOf(tensor: Pick<TensorInfo, 'shape'>): TileGrid;
  /** A tensor of these values, which go to the GPU with the first kernel that asks for them. */
  upload(values: Float32Array, shape: readonly number[]): TensorInfo;
  /** The texture of a tensor; one that is not on the GPU yet is packed, as tiles if nothing else. */
  textureOf(tensor: TensorInfo, size?: TextureSize, pack?: Pack): Texture;
  /** A tensor on the GPU that nothing has written yet. */
  allocate(shape: readonly number[]): TensorInfo;
  program(key: string, write: () => Shader): Program;
  /** Draws, or keeps the pass while a computation is recorded. */
  submit(pass: Pass): void;
  /** Draws passes in their order. */
  draw(passes: readonly Pass[]): void;
  /** Keeps the passes of a computation instead of drawing them. */
  record<T>(compute: () => T): Recording<T>;
  /** Writes values into the tensor's texture. */
  write(texture: Texture, grid: TileGrid, values: Float32Array): void;
  /** A copy of the tensor's texels in a buffer, filled when the GPU has come so far. */
  copy(tensor: TensorInfo): WebGLBuffer;
  release(tensor: TensorInfo): void;
  /** Whether all programs are compiled. */
  ready(): boolean;
  bytes(): number;
  /** Frees all textures; nothing works afterwards. */
  dispose(): void;
}

type Pack = (values: Float32Array) => Float32Array;

/** Where the numbers of a tensor are: still on the CPU, or in a texture. */
type Place =
  { readonly values: Float32Array } | { readonly texture: Texture; readonly arena: Arena | null };

const devices = new WeakMap<MathBackendWebGL, Device>();

/** The device of a backend that `createDevice` was called for. */
export function deviceOf(instance: MathBackendWebGL): Device {
  const device = devices.get(instance);
  if (!device) throw new Error('This TensorFlow.js backend was not opened by the engine.');
  return device;
}

export function createDevice(
  gl: WebGL2RenderingContext,
  instance: MathBackendWebGL,
  { tile, precision }: { tile: number; precision: Precision },
): Device {
  const programs = createPrograms(gl);
  const textures = createTextures(gl, precision);
  const places = new WeakMap<TensorInfo['dataId'], Place>();
  // TensorFlow.js turns it on; what is drawn here fills its viewport, not the canvas.
  gl.disable(gl.SCISSOR_TEST);
  let recording: { arena: Arena; passes: Pass[] } | null = null;

  const gridOf = ({ shape }: Pick<TensorInfo, 'shape'>): TileGrid => tileGridOf(shape, tile);
  const hold = (shape: readonly number[], place: Place): TensorInfo => {
    const tensor = instance.makeTensorInfo([...shape], 'float32');
    places.set(tensor.dataId, place);
    return tensor;
  };
  const drawOne = ({ program, shape, inputs, output, size }: Pass): void => {
    program.use();
    program.shape(shape);
    for (const [unit, { texture }] of inputs.entries()) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
    }
    textures.target(output, size);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  };

  const device: Device = {
    tile,
    gridOf,
    upload: (values, shape) => hold(shape, { values }),
    textureOf(tensor, size, pack) {
      const place = places.get(tensor.dataId);
      if (!place) throw new Error('The tensor is not on this device.');
      if ('texture' in place) return place.texture;
      const grid = gridOf(tensor);
      const extent = size ?? textureSizeOf(grid);
      const texture = textures.create(extent);
      textures.write(texture, extent, pack?.(place.values) ?? packTiles(place.values, grid));
      places.set(tensor.dataId, { texture, arena: null });
      return texture;
    },
    allocate(shape) {
      const size = textureSizeOf(gridOf({ shape: [...shape] }));
      const arena = recording?.arena ?? null;
      return hold(shape, { texture: arena ? arena.take(size) : textures.create(size), arena });
    },
    program: (key, write) => programs.get(key, write),
    submit(pass) {
      if (recording) recording.passes.push(pass);
      else drawOne(pass);
    },
    draw: (passes) => {
      for (const pass of passes) drawOne(pass);
    },
    record(compute) {
      const mine = { arena: createArena(textures), passes: [] as Pass[] };
      recording = mine;
      try {
        return { ...mine, result: compute() };
      } catch (error) {
        mine.arena.dispose();
        throw error;
      } finally {
        recording = null;
      }
    },
    write: (texture, grid, values) => {
      textures.write(texture, textureSizeOf(grid), packTiles(values, grid));
    },
    copy: (tensor) => textures.copy(device.textureOf(tensor), textureSizeOf(gridOf(tensor))),
    release(tensor) {
      const place = places.get(tensor.dataId);
      if (place && 'texture' in place) {
        if (place.arena) place.arena.give(place.texture);
        else textures.delete(place.texture);
      }
      places.delete(tensor.dataId);
      instance.disposeData(tensor.dataId);
    },
    ready: () => programs.done(),
    bytes: () => textures.bytes(),
    dispose: () => {
      textures.dispose();
    },
  };
  devices.set(instance, device);
  return device;
}
