/** What a network needs of a device's memory, out of the layer list. */
import { hasWeights, weightCount, type Layer } from '../regnet/index.ts';

/**
 * The least a pass can do with when all weights stay on the device: the weights, and the two largest
 * neighbouring maps, that is the input and the output of one layer (`layers` of a picture's input
 * has the picture itself; a residual, which waits meanwhile, is not counted). In bytes, for one
 * picture, of numbers of 4 bytes or, with half-float textures, 2.
 */
export function leastBytes(layers: readonly Layer[], bytesPerNumber: 2 | 4): number {
  const weights = layers.reduce((sum, layer) => sum + weightsOf(layer), 0);
  const neighbours = layers.map(
    ({ hin, win, cin, hout, wout, cout }) => hin * win * cin + hout * wout * cout,
  );
  return bytesPerNumber * (weights + Math.max(...neighbours));
}

/** Weights and biases of a layer after batch norm is folded into it. */
function weightsOf(layer: Layer): number {
  return hasWeights(layer) ? weightCount(layer) + layer.cout : 0;
}
