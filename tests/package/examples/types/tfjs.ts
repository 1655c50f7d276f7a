// The custom kernel beside TensorFlow.js's own types.
import { ones, tensor1d, type Tensor4D } from '@tensorflow/tfjs-core';
import { groupedConv2d, registerGroupedConv2d } from 'regnetx-zoo/tfjs';

registerGroupedConv2d();
const x: Tensor4D = ones([1, 7, 7, 16]);
const filter: Tensor4D = ones([3, 3, 8, 16]);
export const y: Tensor4D = groupedConv2d(x, filter, tensor1d(new Float32Array(16)), {
  stride: 2,
  relu: true,
});
