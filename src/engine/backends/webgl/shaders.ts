/** The one emitter of all programs, in GLSL ES 3.00. Shapes are uniforms: few programs, few compiles. */

/** A fragment shader and what it reads. */
export interface Shader {
  /** Names of the array textures, in the order of the pass's textures. */
  readonly samplers: readonly string[];
  /** Texels that a fragment writes, one to a layer. */
  readonly outputs: number;
  readonly source: string;
}

/** All choices of a convolution that are made when its program is compiled. */
export interface ConvVariant {
  readonly kernel: number;
  readonly stride: number;
  readonly tileIn: number;
  readonly tileOut: number;
  readonly residual: boolean;
  readonly relu: boolean;
}

/** Whole numbers a program gets: two vectors of four. */
export const UNIFORMS = 8;

/** A triangle that covers all. */
export const VERTEX_SHADER = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3 : -1, gl_VertexID == 2 ? 3 : -1, 0, 1);
}`;

/**
 * A fragment computes four channels of the pixels of a tile. For each row of the filter and each
 * block of four input channels it reads every column of x under the tile once, and for each tap the
 * four by four weights. `shape` is blocks, tiles and rows of x and input blocks of a group; then
 * blocks, rows and columns of the output and output blocks of a group.
 */
export function convShader(variant: ConvVariant): Shader {
  const { kernel, stride, tileIn, tileOut, residual, relu } = variant;
  const pixels = range(tileOut);
  const columnOf = (pixel: number, kx: number): number => pixel * stride + kx - (kernel - 1) / 2;
  const columns = unique(range(kernel).flatMap((kx) => pixels.map((p) => columnOf(p, kx))));
  /** Tiles of x that the columns lie in, counted from the one with the fragment's first pixel. */
  const tileOf = (column: number): number => Math.floor(column / tileIn);
  const tiles = unique(columns.map(tileOf));

  const readColumn = (column: number): string => {
    const tile = tileOf(column);
    const texel = `texture(x, vec3(u${id(tile)} + step.x, v, ${column - tile * tileIn}))`;
    const masked = tile === 0 ? texel : `mix(${texel}, vec4(0), outside${id(tile)})`;
    return `vec4 x${id(column)} = ${masked};`;
  };
  const tap = (kx: number): string => `
        at = vec3((float((ky * ${kernel} + ${kx}) * groupIn + i) + 0.5) * filterScale, filterRow, 0);
        m = mat4(texture(weights, at), texture(weights, vec3(at.xy, 1)),
          texture(weights, vec3(at.xy, 2)), texture(weights, vec3(at.xy, 3)));
        ${pixels.map((p) => `sum${p} += m * x${id(columnOf(p, kx))};`).join('\n        ')}`;
  const result = (p: number): string => {
    const value = residual ? `sum${p} + texture(residual, vec3(here, ${p}))` : `sum${p}`;
    const ended = relu ? `max(${value}, 0.0)` : value;
    const outside = `tile * ${tileOut} + ${p} >= wout`;
    return `out${p} = ${p === 0 ? ended : `mix(${ended}, vec4(0), bvec4(${outside}))`};`;
  };

  return shader(
    ['x', 'weights', 'bias', ...(residual ? ['residual'] : [])],
    tileOut,
    `
  int blocksIn = shape[0].x, tilesIn = shape[0].y, hin = shape[0].z, groupIn = shape[0].w;
  int blocksOut = shape[1].x, hout = shape[1].y, wout = shape[1].z, groupOut = shape[1].w;
  ivec2 position = ivec2(gl_FragCoord.xy);
  int tile = position.x / blocksOut;
  int block = position.x - tile * blocksOut;
  int image = position.y / hout;
  int y = (position.y - image * hout) * ${stride} - ${(kernel - 1) / 2};
  int first = block / groupOut * groupIn;
  vec2 xScale = 1.0 / vec2(textureSize(x, 0).xy);
  float filterScale = 1.0 / float(textureSize(weights, 0).x);
  float filterRow = (float(block) + 0.5) / float(textureSize(weights, 0).y);
  ${tiles.map((tile) => tileStart(tile, stride)).join('\n  ')}
  vec4 sum0 = texture(bias, vec3((float(block) + 0.5) / float(textureSize(bias, 0).x), 0.5, 0));
  ${pixels
    .slice(1)
    .map((p) => `vec4 sum${p} = sum0;`)
    .join('\n  ')}
  vec3 at;
  mat4 m;
  for (int ky = 0; ky < ${kernel}; ky++) {
    if (y + ky < 0 || y + ky >= hin) continue;
    float v = (float(image * hin + y + ky) + 0.5) * xScale.y;
    for (int i = 0; i < groupIn; i++) {
      vec2 step = float(i) * xScale;
      ${columns.map(readColumn).join('\n      ')}
      ${range(kernel).map(tap).join('')}
    }
  }
  ${residual ? 'vec2 here = gl_FragCoord.xy / vec2(textureSize(residual, 0).xy);' : ''}
  ${pixels.map(result).join('\n  ')}`,
  );
}

/** GLSL: where a tile of x starts, kept inside the row, and whether it is outside of it. */
function tileStart(tile: number, stride: number): string {
  const name = id(tile);
  const index = `tile * ${stride} + ${tile}`;
  const start = `float u${name} = (float(clamp(${index}, 0, tilesIn - 1) * blocksIn + first) + 0.5) * xScale.x;`;
  if (tile === 0) return start;
  return `${start}
  bvec4 outside${name} = bvec4(${index} < 0 || ${index} >= tilesIn);`;
}

/**
 * A fragment averages four channels of one picture; pixels past the edge are zero. `shape` is blocks,
 * tiles and rows of x and the number of pixels.
 */
export function poolShader(tileIn: number): Shader {
  return shader(
    ['x'],
    1,
    `
  int blocksIn = shape[0].x, tilesIn = shape[0].y, hin = shape[0].z;
  ivec2 position = ivec2(gl_FragCoord.xy);
  vec2 xScale = 1.0 / vec2(textureSize(x, 0).xy);
  vec4 sum = vec4(0);
  for (int y = 0; y < hin; y++)
    for (int tile = 0; tile < tilesIn; tile++) {
      vec2 at = (vec2(tile * blocksIn + position.x, position.y * hin + y) + 0.5) * xScale;
      ${range(tileIn)
        .map((p) => `sum += texture(x, vec3(at, ${p}));`)
        .join('\n      ')}
    }
  out0 = sum / float(shape[0].w);`,
  );
}

/**
 * The first half of a softmax: a fragment finds the largest value of one row and the sum of the
 * exponentials, taken relative to it so that nothing overflows. `shape` is blocks and channels of x.
 */
export function softmaxSumShader(): Shader {
  const eachBlock = (body: string): string => `for (int block = 0; block < blocks; block++) {
    vec4 value = texture(x, vec3((float(block) + 0.5) * xScale.x, row, 0));
    ${body}
  }`;
  return shader(
    ['x'],
    1,
    `
  int blocks = shape[0].x, channels = shape[0].y;
  vec2 xScale = 1.0 / vec2(textureSize(x, 0).xy);
  float row = gl_FragCoord.y * xScale.y;
  vec4 most = vec4(texture(x, vec3(0.5 * xScale.x, row, 0)).x);
  ${eachBlock(`most = max(most, mix(value, most, ${PAST_CHANNELS}));`)}
  float top = max(max(most.x, most.y), max(most.z, most.w));
  vec4 sum = vec4(0);
  ${eachBlock(`sum += mix(exp(value - top), vec4(0), ${PAST_CHANNELS});`)}
  out0 = vec4(top, dot(sum, vec4(1)), 0, 0);`,
  );
}

/** The second half: four probabilities of one row, out of x and what the first half found. */
export function softmaxShader(): Shader {
  return shader(
    ['x', 'sums'],
    1,
    `
  int channels = shape[0].y, block = int(gl_FragCoord.x);
  vec2 row = texture(sums, vec3(0.5, gl_FragCoord.y, 0) / vec3(textureSize(sums, 0).xy, 1)).xy;
  vec4 value = texture(x, vec3(gl_FragCoord.xy / vec2(textureSize(x, 0).xy), 0));
  out0 = mix(exp(value - row.x) / row.y, vec4(0), ${PAST_CHANNELS});`,
  );
}

/** GLSL: which of a block's four channels are not there. */
const PAST_CHANNELS = 'greaterThanEqual(block * 4 + ivec4(0, 1, 2, 3), ivec4(channels))';

/** `texture` rather than `texelFetch`: software rendering spends a third less on it, a GPU the same. */
function shader(samplers: readonly string[], outputs: number, main: string): Shader {
  const source = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2DArray;
uniform ivec4 shape[${UNIFORMS / 4}];
${samplers.map((name) => `uniform sampler2DArray ${name};`).join('\n')}
${range(outputs)
  .map((p) => `layout(location = ${p}) out vec4 out${p};`)
  .join('\n')}
void main() {${main}
}`;
  return { samplers, outputs, source };
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

/** A name for an offset: 0, 1, m1. */
function id(offset: number): string {
  return offset < 0 ? `m${-offset}` : String(offset);
}
