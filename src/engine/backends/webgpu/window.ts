/** The grouped convolution with a window, 3x3 in this family: tiles of the map and of the weights. */
import type { WindowPlan } from './plan.ts';
import { ENDING, ENDING_SHAPE, range, type Shader, type Storage } from './wgsl.ts';

export interface WindowVariant extends WindowPlan {
  readonly kernel: number;
  readonly stride: number;
}

/** The integers of its shape; blocks are of four channels, tiles are what a workgroup computes. */
export const WINDOW_SHAPE = [
  'blocksIn',
  'hin',
  'win',
  'groupIn',
  'blocksOut',
  'hout',
  'wout',
  'groupOut',
  'tilesX',
  'tilesY',
  'tiles',
  ...ENDING_SHAPE,
] as const;

/**
 * A workgroup computes a rectangle of pixels for some output channels of one group. It walks through
 * the group's input channels, `depth` blocks at a time: the threads bring the rectangle with its
 * margin and the weights into workgroup memory together, then each computes `pixels` neighbours of a
 * row for one block of outputs, so that a weight is read once for all of them and a pixel once for
 * all columns of the window.
 */
export function windowShader(variant: WindowVariant, storage: Storage): Shader {
  const { kernel, stride, pixels, blocks, segments, rows, depth } = variant;
  const taps = kernel ** 2;
  const [height, width] = [(rows - 1) * stride + kernel, (segments * pixels - 1) * stride + kernel];
  const threads = blocks * segments * rows;
  const each = (body: (p: number) => string): string => range(pixels).map(body).join('\n  ');
  const columns = range((pixels - 1) * stride + kernel);
  const tap = (kx: number): string => `{
        let m = mat4x4f(${range(4)
          .map((c) => `wide(part[w + ${(kx * 4 + c) * blocks}])`)
          .join(', ')});
        ${each((p) => `sum${p} += m * v${p * stride + kx};`)}
      }`;
  return {
    storage,
    reads: ['x', 'weights', 'residual'],
    shape: WINDOW_SHAPE,
    workgroup: [blocks, segments * rows],
    declarations: `${ENDING}
var<workgroup> area: array<Cell, ${height * width * depth}>;
var<workgroup> part: array<Cell, ${depth * taps * 4 * blocks}>;`,
    main: `
  let chunks = (shape.groupOut + ${blocks - 1}) / ${blocks};
  let group = workgroup.x / chunks;
  let firstOut = workgroup.x % chunks * ${blocks};
  let tile = workgroup.y;
  if (tile >= shape.tiles) { return; }
  let image = tile / (shape.tilesX * shape.tilesY);
  let firstRow = tile / shape.tilesX % shape.tilesY * ${rows};
  let firstColumn = tile % shape.tilesX * ${segments * pixels};
  let segment = at.y % ${segments};
  let row = at.y / ${segments};
  let output = firstOut + at.x;
  let bias = wide(weights[group * shape.groupOut + min(output, shape.groupOut - 1)]);
  ${each((p) => `var sum${p} = bias;`)}
  for (var block = 0; block < shape.groupIn; block += ${depth}) {
    workgroupBarrier();
    for (var i = lane; i < ${height * width * depth}; i += ${threads}) {
      let pixel = i / ${depth};
      let y = firstRow * ${stride} - ${(kernel - 1) / 2} + pixel / ${width};
      let column = firstColumn * ${stride} - ${(kernel - 1) / 2} + pixel % ${width};
      let here = block + i % ${depth};
      var cell = Cell();
      if (y >= 0 && y < shape.hin && column >= 0 && column < shape.win && here < shape.groupIn) {
        cell = x[((image * shape.hin + y) * shape.win + column) * shape.blocksIn + group * shape.groupIn + here];
      }
      area[i % ${depth} * ${height * width} + pixel] = cell;
    }
    let firstWeight = shape.blocksOut + (group * shape.groupIn + block) * ${taps * 4} * shape.groupOut + firstOut;
    for (var i = lane; i < ${depth * taps * 4 * blocks}; i += ${threads}) {
      var cell = Cell();
      if (firstOut + i % ${blocks} < shape.groupOut && block + i / ${taps * 4 * blocks} < shape.groupIn) {
        cell = weights[firstWeight + i / ${blocks} * shape.groupOut + i % ${blocks}];
      }
      part[i] = cell;
    }
    workgroupBarrier();
    for (var d = 0; d < ${depth}; d++) {
      for (var ky = 0; ky < ${kernel}; ky++) {
        let start = d * ${height * width} + (row * ${stride} + ky) * ${width} + segment * ${pixels * stride};
        let w = (d * ${taps} + ky * ${kernel}) * ${4 * blocks} + at.x;
        ${columns.map((c) => `let v${c} = wide(area[start + ${c}]);`).join('\n        ')}
        ${range(kernel).map(tap).join('\n        ')}
      }
    }
  }
  let y = firstRow + row;
  let firstX = firstColumn + segment * ${pixels};
  if (y >= shape.hout || output >= shape.groupOut) { return; }
  let cell = ((image * shape.hout + y) * shape.wout + firstX) * shape.blocksOut + group * shape.groupOut + output;
  ${each((p) => `if (firstX + ${p} < shape.wout) { finish(sum${p}, cell + ${p} * shape.blocksOut); }`)}`,
  };
}
