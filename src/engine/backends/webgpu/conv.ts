import type { FoldedLayer } from '../../../checkpoints/index.ts';
import type { ConvOptions, FilterShape } from '../../backend.ts';
import { convShapeOf, type ConvShape } from '../../shapes.ts';
import { filterGridOf, type FilterGrid } from '../blocks.ts';
import type { Device, Step, WebgpuFilter, WebgpuMap } from './device.ts';
import { blocksOf, packFilter } from './layout.ts';
import { goesByRows, planProduct, planWindow, PRODUCT_THREADS } from './plan.ts';
import { PRODUCT_SHAPE, productShader, rowShader } from './product.ts';
import { WINDOW_SHAPE, windowShader } from './window.ts';
import { workgroupsOf, type Shader } from './wgsl.ts';

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
  const variant = { stride, relu, residual: residual !== undefined };
  const cut = shape.kernel === 1 && filter.grid.groups === 1 ? cutProduct : cutWindow;
  const { key, write, sizes, workgroups } = cut(device, shape, filter.grid, variant);
  device.submit({
    program: device.program(key, write),
    shape: sizes,
    inputs: [x.buffer, filter.buffer, ...(residual ? [residual.buffer] : [])],
    output: out.buffer,
    workgroups,
  });
  return out;
}

interface Variant {
  readonly stride: number;
  readonly relu: boolean;
  readonly residual: boolean;
}

function keyOf({ stride, relu, residual }: Variant): string {
  return `${stride}${relu ? ' relu' : ''}${residual ? ' residual' : ''}`;
}

/** A shader for a convolution, and what it is run with. */
interface Cut extends Pick<Step, 'workgroups'> {
  readonly key: string;
  readonly write: () => Shader;
  readonly sizes: readonly number[];
}

function cutWindow(device: Device, shape: ConvShape, grid: FilterGrid, variant: Variant): Cut {
  const { batch, hin, win, hout, wout, cin, cout, kernel, stride } = shape;
  const { groups, blocksIn: groupIn, blocksOut: groupOut } = grid;
  const work = { kernel, stride, groupIn, groupOut, groups, batch, hout, wout };
  const plan = planWindow({ ...work, cellBytes: device.cellBytes, busy: device.busy });
  const { pixels, blocks, segments, rows, depth } = plan;
  const tilesX = Math.ceil(wout / (segments * pixels));
  const tilesY = Math.ceil(hout / rows);
  const tiles = batch * tilesX * tilesY;
  const values = {
    ...{ blocksIn: blocksOf(cin), hin, win, groupIn },
    ...{ blocksOut: blocksOf(cout), hout, wout, groupOut },
    ...{ tilesX, tilesY, tiles },
  };
  return {
    key: `window ${[kernel, pixels, blocks, segments, rows, depth, keyOf(variant)].join(' ')}`,
    write: () => windowShader({ ...variant, ...plan, kernel }, device.storage),
    sizes: WINDOW_SHAPE.map((name) => values[name]),
    workgroups: workgroupsOf(groups * Math.ceil(groupOut / blocks), tiles),
  };
}

function cutProduct(device: Device, shape: ConvShape, _: FilterGrid, variant: Variant): Cut {
  const { batch, hin, win, hout, wout, cin, cout } = shape;
  const [across, down] = PRODUCT_THREADS;
  const pixels = batch * hout * wout;
  const blocksOut = blocksOf(cout);
  const values = { blocksIn: blocksOf(cin), hin, win, blocksOut, hout, wout, pixels };
  const sizes = PRODUCT_SHAPE.map((name) => values[name]);
  const flags = keyOf(variant);
  if (goesByRows(pixels, blocksOut, device.busy))
    return {
      key: `rows ${flags}`,
      write: () => rowShader(variant, device.storage),
      sizes,
      workgroups: workgroupsOf(Math.ceil(blocksOut / across), pixels),
    };
  const plan = planProduct(pixels, blocksOut, device.busy);
  return {
    key: `product ${plan.pixels} ${plan.blocks} ${flags}`,
    write: () => productShader({ ...variant, ...plan }, device.storage),
    sizes,
    workgroups: workgroupsOf(
      Math.ceil(blocksOut / (across * plan.blocks)),
      Math.ceil(pixels / (down * plan.pixels)),
    ),
  };
}
