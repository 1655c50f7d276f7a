import { float32Bytes } from './complexity.ts';
import type { Layer } from './layers.ts';

/**
 * Bytes of a picture's maps as float32: of each shape there are at most three at a time (input,
 * output, shortcut), and a device keeps their places for the next pass.
 */
export function mapBytes(layers: readonly Layer[]): number {
  const shapes = new Map(
    layers.map(({ cout, hout, wout }) => [`${cout}x${hout}x${wout}`, cout * hout * wout]),
  );
  return [...shapes.values()].reduce((sum, elements) => sum + 3 * 4 * elements, 0);
}

/**
 * Bytes that a network takes while it runs with weights that are drawn layer by layer, as float32: all
 * weights on the device, the largest layer once more where it is drawn, and the maps. An estimate.
 */
export function runningBytes(layers: readonly Layer[]): number {
  const weights = layers.map(({ params }) => 4 * params);
  return weights.reduce((sum, bytes) => sum + bytes, 0) + Math.max(...weights) + mapBytes(layers);
}

/**
 * Bytes that a network takes while it is loaded from a file and run: the file as it is read, its copy
 * on the device, and the maps. The file is of float32 unless told. An estimate.
 */
export function loadedBytes(layers: readonly Layer[], fileBytes = float32Bytes(layers)): number {
  return 2 * fileBytes + mapBytes(layers);
}
