import type { DeviceFilter, DeviceMap, MapShape, Precision } from '../../backend.ts';
import type { FilterGrid } from '../blocks.ts';
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

/** A map in an array texture (tiles.ts). */
export interface WebglMap extends DeviceMap {
  readonly grid: TileGrid;
  readonly texture: Texture;
  /** What takes the texture back; null for one that stands alone. */
  readonly arena: Arena | null;
}

/** A filter's matrices and its biases, each in a texture. */
export interface WebglFilter extends DeviceFilter {
  readonly grid: FilterGrid;
  readonly weights: Texture;
  readonly bias: Texture;
}

/** A filter before it is on the GPU. */
export interface FilterTexels extends Pick<WebglFilter, 'shape' | 'grid'> {
  readonly weights: Texels;
  readonly bias: Texels;
}

interface Texels {
  readonly size: TextureSize;
  readonly texels: Float32Array;
}

/** What our operations need of the GPU: textures, programs and draw calls. */
export interface Device {
  gridOf(shape: MapShape): TileGrid;
  /** A filter's weights and biases as textures. */
  load(filter: FilterTexels): WebglFilter;
  /** A map on the GPU that nothing has written yet. */
  allocate(shape: MapShape): WebglMap;
  program(key: string, write: () => Shader): Program;
  /** Draws, or keeps the pass while a computation is recorded. */
  submit(pass: Pass): void;
  /** Draws passes in their order. */
  draw(passes: readonly Pass[]): void;
  /** Keeps the passes of a computation instead of drawing them. */
  record<T>(compute: () => T): Recording<T>;
  /** Writes row-major values into a map's texture. */
  write(map: WebglMap, values: Float32Array): void;
  /** A copy of a map's texels in a buffer, filled when the GPU has come so far. */
  copy(map: WebglMap): WebGLBuffer;
  release(tensor: WebglMap | WebglFilter): void;
  /** Maps and filters that are not released. */
  tensors(): number;
  /** Whether all programs are compiled. */
  ready(): boolean;
  bytes(): number;
  /** Frees all textures; nothing works afterwards. */
  dispose(): void;
}

export function createDevice(
  gl: WebGL2RenderingContext,
  { tile, precision }: { tile: number; precision: Precision },
): Device {
  const programs = createPrograms(gl);
  const textures = createTextures(gl, precision);
  const alive = new Set<WebglMap | WebglFilter>();
  // TensorFlow.js turns it on; what is drawn here fills its viewport, not the canvas.
  gl.disable(gl.SCISSOR_TEST);
  let recording: { arena: Arena; passes: Pass[] } | null = null;

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

  const gridOf = (shape: MapShape): TileGrid => tileGridOf(shape, tile);
  const upload = ({ size, texels }: Texels): Texture => {
    const texture = textures.create(size);
    textures.write(texture, size, texels);
    return texture;
  };
  const keep = <Kept extends WebglMap | WebglFilter>(tensor: Kept): Kept => {
    alive.add(tensor);
    return tensor;
  };

  return {
    gridOf,
    load: ({ shape, grid, weights, bias }) =>
      keep({ shape, grid, weights: upload(weights), bias: upload(bias) }),
    allocate(shape) {
      const grid = gridOf(shape);
      const size = textureSizeOf(grid);
      const arena = recording?.arena ?? null;
      const texture = arena ? arena.take(size) : textures.create(size);
      return keep({ shape, grid, texture, arena });
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
    write: ({ texture, grid }, values) => {
      textures.write(texture, textureSizeOf(grid), packTiles(values, grid));
    },
    copy: ({ texture, grid }) => textures.copy(texture, textureSizeOf(grid)),
    release(tensor) {
      if (!alive.delete(tensor)) return;
      if ('weights' in tensor)
        for (const one of [tensor.weights, tensor.bias]) textures.delete(one);
      else if (tensor.arena) tensor.arena.give(tensor.texture);
      else textures.delete(tensor.texture);
    },
    tensors: () => alive.size,
    ready: () => programs.done(),
    bytes: () => textures.bytes(),
    dispose: () => {
      textures.dispose();
      alive.clear();
    },
  };
}
