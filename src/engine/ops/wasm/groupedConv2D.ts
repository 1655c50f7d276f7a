import type { TensorInfo } from '@tensorflow/tfjs-core';
import {
  convShapeOf,
  type ConvShape,
  type GroupedConv2DAttrs,
  type GroupedConv2DInputs,
} from '../groupedConv2D.ts';
import type { Device } from './device.ts';
import { PANEL } from './kernels.ts';
import {
  bestTile,
  FLOAT,
  inputOffsets,
  packFilter,
  paddedChannels,
  panelGridOf,
} from './packing.ts';
import { partsOf } from './parts.ts';
import { convolveTask } from './tasks.ts';

/** The grouped convolution as tasks: parts of its pixels times parts of its channels. */
export function groupedConv2DWasm(
  device: Device,
  inputs: GroupedConv2DInputs,
  attrs: GroupedConv2DAttrs,
): TensorInfo {
  const { x, filter, bias, residual } = inputs;
  const shape = convShapeOf(inputs, attrs);
  const { batch, hout, wout, cin, cout, kernel } = shape;
  const pixels = batch * hout * wout;
  const tile = bestTile(pixels, device.largestTile);
  const grid = panelGridOf(shape);
  const { panels, depth, panelBytes } = grid;
  const xAddress = device.addressOf(x);
  const filterAddress = device.packedAddressOf(filter, panels * panelBytes, (values, ...into) => {
    packFilter(values, shape, grid, ...into);
  });
  const biasAddress = device.addressOf(bias);
  const out = device.allocate([batch, hout, wout, cout]);
  const outAddress = device.addressOf(out);
  const outPitch = paddedChannels(cout) * FLOAT;
  const offsets = tableOf(device, shape, tile, xAddress);
  const tiles = Math.ceil(pixels / tile);
  const parts = partsOf({
    tiles,
    tileBytes: tile * paddedChannels(cin) * FLOAT,
    tileWork: tile * kernel * kernel * depth * PANEL,
    panels,
    threads: device.threads,
  });
  device.submit(
    parts.map((part) =>
      convolveTask(tile, {
        offsets: offsets + part.tile * tile * kernel * kernel * FLOAT,
        tiles: part.tiles,
        x: xAddress,
        panel: filterAddress + part.panel * panelBytes,
        panelsEnd: filterAddress + (part.panel + part.panels) * panelBytes,
        panelBytes,
        tapBytes: depth * PANEL * FLOAT,
        bias: biasAddress + part.panel * PANEL * FLOAT,
        out: outAddress + part.tile * tile * outPitch + part.panel * PANEL * FLOAT,
        outPitch,
        residual: residual ? device.addressOf(residual) - outAddress : 0,
        relu: attrs.relu,
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
