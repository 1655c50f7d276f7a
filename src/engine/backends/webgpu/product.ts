/** The 1x1 convolution as a product of matrices, pixels by channels: in tiles, or row by row. */
import { PRODUCT_DEPTH, PRODUCT_THREADS, ROW_SLICES, type ProductPlan } from './plan.ts';
import { ENDING, ENDING_SHAPE, range, type Shader, type Storage } from './wgsl.ts';

/** The integers of its shape; pixels are the output's, of all pictures. */
export const PRODUCT_SHAPE = [
  'blocksIn',
  'hin',
  'win',
  'blocksOut',
  'hout',
  'wout',
  'pixels',
  'stride',
  ...ENDING_SHAPE,
] as const;

/** WGSL: the first cell of what an output's pixel is computed from. */
const ORIGIN = `
fn origin(pixel: i32) -> i32 {
  if (shape.stride == 1) { return pixel * shape.blocksIn; }
  let image = pixel / (shape.wout * shape.hout);
  let row = pixel / shape.wout % shape.hout * shape.stride;
  let column = pixel % shape.wout * shape.stride;
  return ((image * shape.hin + row) * shape.win + column) * shape.blocksIn;
}`;

/**
 * A workgroup of 8 by 8 threads computes a tile of pixels by output channels. It walks through the
 * input channels, four blocks at a time, which the threads bring into workgroup memory together;
 * each keeps `pixels` by `blocks` cells of the result in registers. What a thread has lies eight
 * apart, so that neighbouring threads read neighbouring cells and no two of them the same bank.
 */
export function productShader({ pixels, blocks }: ProductPlan, storage: Storage): Shader {
  const [across, down] = PRODUCT_THREADS;
  const threads = across * down;
  const [tilePixels, tileBlocks] = [down * pixels, across * blocks];
  // One more than there are, so that what is written transposed does not meet in one bank.
  const pitch = tilePixels + 1;
  const cells = range(pixels).flatMap((p) => range(blocks).map((b) => [p, b] as const));
  return {
    storage,
    reads: ['x', 'weights', 'residual'],
    shape: PRODUCT_SHAPE,
    workgroup: PRODUCT_THREADS,
    declarations: `${ENDING}
${ORIGIN}
var<workgroup> area: array<Cell, ${PRODUCT_DEPTH * pitch}>;
var<workgroup> part: array<Cell, ${PRODUCT_DEPTH * 4 * tileBlocks}>;`,
    main: `
  let firstPixel = workgroup.y * ${tilePixels};
  if (firstPixel >= shape.pixels) { return; }
  let firstBlock = workgroup.x * ${tileBlocks};
  ${range(blocks)
    .map(
      (b) =>
        `let bias${b} = wide(weights[min(firstBlock + at.x + ${b * across}, shape.blocksOut - 1)]);`,
    )
    .join('\n  ')}
  ${cells.map(([p, b]) => `var sum${p}_${b} = bias${b};`).join('\n  ')}
  for (var block = 0; block < shape.blocksIn; block += ${PRODUCT_DEPTH}) {
    workgroupBarrier();
    for (var i = lane; i < ${PRODUCT_DEPTH * tilePixels}; i += ${threads}) {
      let pixel = firstPixel + i / ${PRODUCT_DEPTH};
      let here = block + i % ${PRODUCT_DEPTH};
      var cell = Cell();
      if (pixel < shape.pixels && here < shape.blocksIn) { cell = x[origin(pixel) + here]; }
      area[i % ${PRODUCT_DEPTH} * ${pitch} + i / ${PRODUCT_DEPTH}] = cell;
    }
    for (var i = lane; i < ${PRODUCT_DEPTH * 4 * tileBlocks}; i += ${threads}) {
      let row = block * 4 + i / ${tileBlocks};
      let here = firstBlock + i % ${tileBlocks};
      var cell = Cell();
      if (row < shape.blocksIn * 4 && here < shape.blocksOut) {
        cell = weights[(1 + row) * shape.blocksOut + here];
      }
      part[i] = cell;
    }
    workgroupBarrier();
    for (var k = 0; k < ${PRODUCT_DEPTH}; k++) {
      ${range(blocks)
        .map(
          (b) =>
            `let m${b} = mat4x4f(${range(4)
              .map((c) => `wide(part[(k * 4 + ${c}) * ${tileBlocks} + at.x + ${b * across}])`)
              .join(', ')});`,
        )
        .join('\n      ')}
      ${range(pixels)
        .map((p) => `let v${p} = wide(area[k * ${pitch} + at.y + ${p * down}]);`)
        .join('\n      ')}
      ${cells.map(([p, b]) => `sum${p}_${b} += m${b} * v${p};`).join('\n      ')}
    }
  }
  let pixel = firstPixel + at.y;
  let cell = pixel * shape.blocksOut + firstBlock + at.x;
  ${cells
    .map(
      ([
        p,
        b,
      ]) => `if (pixel + ${p * down} < shape.pixels && firstBlock + at.x + ${b * across} < shape.blocksOut) {
    finish(sum${p}_${b}, cell + ${p * down} * shape.blocksOut + ${b * across});
  }`,
    )
    .join('\n  ')}`,
  };
}

/**
 * For a few pixels, as the classifier has them: there is nothing to share but the threads. Each takes
 * every so-manieth block of input channels for one block of outputs, and their sums are added up.
 */
export function rowShader(storage: Storage): Shader {
  const [across] = PRODUCT_THREADS;
  return {
    storage,
    reads: ['x', 'weights', 'residual'],
    shape: PRODUCT_SHAPE,
    workgroup: [across, ROW_SLICES],
    declarations: `${ENDING}
${ORIGIN}
var<workgroup> sums: array<vec4f, ${across * ROW_SLICES}>;`,
    main: `
  let pixel = workgroup.y;
  if (pixel >= shape.pixels) { return; }
  let output = workgroup.x * ${across} + at.x;
  var sum = vec4f();
  if (output < shape.blocksOut) {
    for (var block = at.y; block < shape.blocksIn; block += ${ROW_SLICES}) {
      let v = wide(x[origin(pixel) + block]);
      let w = (1 + block * 4) * shape.blocksOut + output;
      let m = mat4x4f(${range(4)
        .map((c) => `wide(weights[w + ${c} * shape.blocksOut])`)
        .join(', ')});
      sum += m * v;
    }
  }
  sums[lane] = sum;
  for (var half = ${ROW_SLICES / 2}; half > 0; half /= 2) {
    workgroupBarrier();
    if (at.y < half) { sums[lane] += sums[lane + half * ${across}]; }
  }
  if (at.y == 0 && output < shape.blocksOut) {
    finish(sums[lane] + wide(weights[output]), pixel * shape.blocksOut + output);
  }`,
  };
}
