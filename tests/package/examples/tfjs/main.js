// One grouped convolution by the kernel, and by TensorFlow.js's own operators, a group at a time.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgl';
import { groupedConv2d, registerGroupedConv2d } from 'regnetx-zoo/tfjs';

const [channels, groups, stride] = [48, 6, 2];
await tf.setBackend('webgl');
registerGroupedConv2d();
const difference = tf.tidy(() => {
  const x = tf.randomUniform([1, 15, 15, channels], -1, 1, 'float32', 1);
  const filter = tf.randomUniform([3, 3, channels / groups, channels], -1, 1, 'float32', 2);
  const bias = tf.randomUniform([channels], -1, 1, 'float32', 3);
  const filters = tf.split(filter, groups, 3);
  const parts = tf.split(x, groups, 3).map((part, i) => tf.conv2d(part, filters[i], stride, 1));
  const expected = tf.relu(tf.add(tf.concat(parts, 3), bias));
  const actual = groupedConv2d(x, filter, bias, { stride, relu: true });
  return tf.max(tf.abs(tf.sub(actual, expected)));
});
const [largest] = await difference.data();
document.querySelector('pre').textContent = JSON.stringify({ backend: tf.getBackend(), largest });
