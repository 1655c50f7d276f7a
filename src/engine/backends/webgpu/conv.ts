import type { FoldedLayer } from '../../../checkpoints/index.ts';
import type { ConvOptions, FilterShape } from '../../backend.ts';
import { convShapeOf, type ConvShape } from '../../shapes.ts';
import { filterGridOf, type FilterGrid } from '../blocks.ts';
import type { Device, Step, WebgpuFilter, WebgpuMap } from './device.ts';
import { blocksOf, packFilter } from './layout.ts';
import { goesByRows, planProduct, planWindow, PRODUCT_THREADS } from './plan.ts';
import { PRODUCT_SHAPE, productShader, rowShader } from './product.ts';
import { WINDOW_SHAPE, windowShader } from './window.ts';
import { workgroupsOf, type ENDING_SHAPE } from './wgsl.ts';

/** A layer's weights and biases in one buffer, in the order in which the kernels read them. */
export function loadFilter(device: Device, weights: FoldedLayer, shape: FilterShape): WebgpuFilter {
  const grid = filterGridOf(shape);
  return device.load(packFilter(weights, shape, grid), shape, grid);
}

/** The grouped convolution as one dispatch. */
export function conv(
  device: Device,
  x: WebgpuMap,
  filter: WebgpuFilter,
  { stride, relu, residual }: ConvOptions<WebgpuMap>,
): WebgpuMap {
  const shape = convShapeOf(x, filter, { stride, residual });
  const out = device.allocate([shape.batch, shape.hout, shape.wout, shape.cout]);
  const cut = shape.kernel === 1 && filter.grid.groups === 1 ? cutProduct : cutWindow;
  const ending = { addsResidual: residual ? 1 : 0, endsInRelu: relu ? 1 : 0 };
  device.submit({
    ...cut(device, shape, filter.grid, ending),
    // Something must be bound where there is no residual.
    inputs: [x, filter, residual ?? filter].map(({ buffer }) => buffer),
    output: out.buffer,
  });
  return out;
}

type Ending = Readonly<Record<(typeof ENDING_SHAPE)[number], number>>;

/** A program for a convolution, and what it is run with. */
type Cut = Pick<Step, 'program' | 'shape' | 'workgroups'>;

function cutWindow(device: Device, shape: ConvShape, grid: FilterGrid, ending: Ending): Cut {
  const { batch, hin, win, hout, wout, cin, cout, kernel, stride } = shape;
  const { groups, blocksIn: groupIn, blocksOut: groupOut } = grid;
  const { cellBytes, busy, storage } = device;
  const work = { kernel, stride, groupIn, groupOut, groups, batch, hout, wout };
  const plan = planWindow({ ...work, cellBytes, busy });
  const { pixels, blocks, segments, rows, depth } = plan;
  const [tilesX, tilesY] = [Math.ceil(wout / (segments * pixels)), Math.ceil(hout / rows)];
  const tiles = batch * tilesX * tilesY;
  const sizes = { blocksIn: blocksOf(cin), hin, win, groupIn, hout, wout, groupOut };
  const values = { ...sizes, blocksOut: blocksOf(cout), tilesX, tilesY, tiles, ...ending };
  const key = `window ${[kernel, stride, pixels, blocks, segments, rows, depth].join(' ')}`;
  return {
    program: device.program(key, () => windowShader({ kernel, stride, ...plan }, storage)),
    shape: WINDOW_SHAPE.map((name) => values[name]),
    workgroups: workgroupsOf(groups * Math.ceil(groupOut / blocks), tiles),
  };
}

function cutProduct(device: Device, conv: ConvShape, _: FilterGrid, ending: Ending): Cut {
  const { batch, hin, win, hout, wout, cin, cout, stride } = conv;
  const { busy, storage } = device;
  const [across, down] = PRODUCT_THREADS;
  const pixels = batch * hout * wout;
  const [blocksIn, blocksOut] = [blocksOf(cin), blocksOf(cout)];
  const values = { blocksIn, hin, win, blocksOut, hout, wout, pixels, stride, ...ending };
  const shape = PRODUCT_SHAPE.map((name) => values[name]);
  if (goesByRows(pixels, blocksOut, busy))
    return {
      program: device.program('rows', () => rowShader(storage)),
      shape,
      workgroups: workgroupsOf(Math.ceil(blocksOut / across), pixels),
    };
  const plan = planProduct(pixels, blocksOut, busy);
  const key = `product ${plan.pixels} ${plan.blocks}`;
  return {
    program: device.program(key, () => productShader(plan, storage)),
    shape,
    workgroups: workgroupsOf(
      Math.ceil(blocksOut / (across * plan.blocks)),
      Math.ceil(pixels / (down * plan.pixels)),
    ),
  };
}
