/** `regnetx-zoo/tfjs`: the grouped convolution as a custom kernel for plain TensorFlow.js. */
export {
  groupedConv2d,
  registerGroupedConv2d,
  type GroupedConv2DConfig,
} from '../engine/tfjs/index.ts';
