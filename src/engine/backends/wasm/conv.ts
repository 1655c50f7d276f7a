import type { FoldedLayer } from '../../../checkpoints/index.ts';
import type { ConvOptions, FilterShape } from '../../backend.ts';
import { convShapeOf, type ConvShape } from '../../shapes.ts';
import type { Device, WasmFilter, WasmMap } from './device.ts';
import { PANEL } from './kernels.ts';
import {
  bestTile,
  filterBytes,
  FLOAT,
  inputOffsets,
  packFilter,
  paddedChannels,
  panelGridOf,
  panelsBytes,
} from './packing.ts';
import { partsOf } from './parts.ts';
import { convolveTask } from './tasks.ts';

/** A layer's weights as panels, and its biases with zeros up to a whole panel. */
export function loadFilter(
  device: Device,
  { weight, bias }: FoldedLayer,
  shape: FilterShape,
): WasmFilter {
  const grid = panelGridOf(shape);
  return device.store(filterBytes(shape), (memory, address) => {
    packFilter(weight, shape, grid, memory, address);
    const behind = address + panelsBytes(grid);
    new Float32Array(memory, behind, paddedChannels(shape.cout)).fill(0).set(bias);
    return { shape, address, bias: behind };
  });
}

/** The grouped convolution as tasks: parts of its pixels times parts of its channels. */
export function conv(
  device: Device,
  x: WasmMap,
  filter: WasmFilter,
  { stride, relu, residual }: ConvOptions<WasmMap>,
): WasmMap {
  const shape = convShapeOf(x, filter, { stride, residual });
  const { batch, hout, wout, cin, cout, kernel } = shape;
  const pixels = batch * hout * wout;
  const tile = bestTile(pixels, device.largestTile);
  const { panels, depth, panelBytes } = panelGridOf(shape);
  const out = device.allocate([batch, hout, wout, cout]);
  const outPitch = paddedChannels(cout) * FLOAT;
  const offsets = tableOf(device, shape, tile, x.address);
  const tiles = Math.ceil(pixels / tile);
  const parts = partsOf({
    tiles,
    tileBytes: tile * paddedChannels(cin) * FLOAT,
    tileWork: tile * kernel * kernel * depth * PANEL,
    ...{ panels, panelBytes },
    threads: device.threads,
  });
  device.submit(
    parts.map((part) =>
      convolveTask(tile, {
        offsets: offsets + part.tile * tile * kernel * kernel * FLOAT,
        tiles: part.tiles,
        x: x.address,
        panel: filter.address + part.panel * panelBytes,
        panelsEnd: filter.address + (part.panel + part.panels) * panelBytes,
        panelBytes,
        tapBytes: depth * PANEL * FLOAT,
        bias: filter.bias + part.panel * PANEL * FLOAT,
        out: out.address + part.tile * tile * outPitch + part.panel * PANEL * FLOAT,
        outPitch,
        residual: residual ? residual.address - out.address : 0,
        relu,
      }),
    ),
  );
  return out;
}

/** Where the input offsets are; layers of one size and place share them. */
function tableOf(device: Device, shape: ConvShape, tile: number, xAddress: number): number {
  const { batch, hin, win, cin, kernel, stride, pad } = shape;
  const outside = pad > 0 ? device.zeros(paddedChannels(cin) * FLOAT) - xAddress : 0;
  const key = [batch, hin, win, paddedChannels(cin), kernel, stride, tile, outside].join(' ');
  return device.table(key, () => inputOffsets(shape, tile, outside));
}
