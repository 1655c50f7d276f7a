import { EngineError } from '../../../threads/errors.ts';
import type { Precision } from '../../backend.ts';
import { textureTooLarge } from '../../limits.ts';
import { sideOf } from './limits.ts';
import { longestSide } from './needs.ts';
import type { TextureSize } from './tiles.ts';

/** An array texture and the framebuffer that draws into all of its layers. */
export interface Texture {
  readonly texture: WebGLTexture;
  readonly size: TextureSize;
  /** Made when something is drawn into it. */
  framebuffer: WebGLFramebuffer | null;
}

/** Four float32, in a buffer and in a texture of full precision. */
const BYTES_PER_TEXEL = 16;

/** The textures of one context. */
export interface Textures {
  /** Bytes of all textures that are there. */
  bytes(): number;
  create(size: TextureSize): Texture;
  /** Texels from the first corner on, layer after layer. */
  write(texture: Texture, size: TextureSize, texels: Float32Array): void;
  /** Makes all layers of a texture the target of drawing. */
  target(texture: Texture, size: TextureSize): void;
  /** Asks for a copy of the texels in a buffer, which is filled when the GPU has come so far. */
  copy(texture: Texture, size: TextureSize): WebGLBuffer;
  delete(texture: Texture): void;
  /** Deletes all that are there. */
  dispose(): void;
}

export function createTextures(gl: WebGL2RenderingContext, precision: Precision): Textures {
  const half = precision === 'float16';
  const bytesOnGpu = (size: TextureSize): number => bytesOf(size) / (half ? 2 : 1);
  const most = sideOf(gl);
  const reader = gl.createFramebuffer();
  const all = new Set<Texture>();
  const remove = (target: Texture): void => {
    gl.deleteFramebuffer(target.framebuffer);
    gl.deleteTexture(target.texture);
    all.delete(target);
  };
  return {
    bytes: () => [...all].reduce((sum, { size }) => sum + bytesOnGpu(size), 0),
    create(size) {
      const { columns, rows, layers } = size;
      if (longestSide(size) > most) throw new EngineError('too-large', textureTooLarge(size, most));
      const texture = gl.createTexture();
      gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
      const format = half ? gl.RGBA16F : gl.RGBA32F;
      gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, format, columns, rows, layers);
      for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
        gl.texParameteri(gl.TEXTURE_2D_ARRAY, name, gl.NEAREST);
      for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
        gl.texParameteri(gl.TEXTURE_2D_ARRAY, name, gl.CLAMP_TO_EDGE);
      const made = { texture, size, framebuffer: null };
      all.add(made);
      return made;
    },
    write({ texture }, { columns, rows, layers }, texels) {
      gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
      gl.texSubImage3D(
        gl.TEXTURE_2D_ARRAY,
        ...([0, 0, 0, 0, columns, rows, layers] as const),
        ...([gl.RGBA, gl.FLOAT, texels] as const),
      );
    },
    target(target, { columns, rows }) {
      if (target.framebuffer) gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
      else target.framebuffer = framebufferOf(gl, target);
      gl.viewport(0, 0, columns, rows);
    },
    copy({ texture }, size) {
      const { columns, rows, layers } = size;
      const buffer = gl.createBuffer();
      gl.bindFramebuffer(gl.FRAMEBUFFER, reader);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.bufferData(gl.PIXEL_PACK_BUFFER, bytesOf(size), gl.STREAM_READ);
      for (let layer = 0; layer < layers; layer++) {
        gl.framebufferTextureLayer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, texture, 0, layer);
        const offset = layer * columns * rows * BYTES_PER_TEXEL;
        gl.readPixels(0, 0, columns, rows, gl.RGBA, gl.FLOAT, offset);
      }
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      return buffer;
    },
    delete: remove,
    dispose() {
      for (const texture of all) remove(texture);
      gl.deleteFramebuffer(reader);
    },
  };
}

function framebufferOf(gl: WebGL2RenderingContext, { texture, size }: Texture): WebGLFramebuffer {
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  const layers = Array.from({ length: size.layers }, (_, layer) => gl.COLOR_ATTACHMENT0 + layer);
  for (const [layer, attachment] of layers.entries())
    gl.framebufferTextureLayer(gl.FRAMEBUFFER, attachment, texture, 0, layer);
  gl.drawBuffers(layers);
  return framebuffer;
}

function bytesOf({ columns, rows, layers }: TextureSize): number {
  return columns * rows * layers * BYTES_PER_TEXEL;
}
