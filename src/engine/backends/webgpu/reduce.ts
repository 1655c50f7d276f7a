/** Pooling and softmax: the threads of a workgroup reduce together. */
import type { Shader, Storage } from './wgsl.ts';

/** Blocks of channels by slices of a map's pixels. */
export const POOL_THREADS = [8, 16] as const;
export const POOL_SHAPE = ['blocks', 'pixels', 'images'] as const;

/** A workgroup averages some channels of one picture. */
export function poolShader(storage: Storage): Shader {
  const [across, slices] = POOL_THREADS;
  return {
    storage,
    reads: ['x'],
    shape: POOL_SHAPE,
    workgroup: POOL_THREADS,
    declarations: `var<workgroup> sums: array<vec4f, ${across * slices}>;`,
    main: `
  let image = workgroup.y;
  if (image >= shape.images) { return; }
  let block = workgroup.x * ${across} + at.x;
  var sum = vec4f();
  if (block < shape.blocks) {
    for (var pixel = at.y; pixel < shape.pixels; pixel += ${slices}) {
      sum += wide(x[(image * shape.pixels + pixel) * shape.blocks + block]);
    }
  }
  sums[lane] = sum;
  for (var half = ${slices / 2}; half > 0; half /= 2) {
    workgroupBarrier();
    if (at.y < half) { sums[lane] += sums[lane + half * ${across}]; }
  }
  if (at.y == 0 && block < shape.blocks) {
    out[image * shape.blocks + block] = narrow(sums[lane] / f32(shape.pixels));
  }`,
  };
}

export const SOFTMAX_THREADS = 128;
export const SOFTMAX_SHAPE = ['blocks', 'channels', 'rows'] as const;

/**
 * A workgroup has one row: its largest value first, then the sum of the exponentials, taken relative
 * to it so that nothing overflows. Channels past the last have no part in either.
 */
export function softmaxShader(storage: Storage): Shader {
  const eachBlock = (body: string): string => `
  for (var block = lane; block < shape.blocks; block += ${SOFTMAX_THREADS}) {
    let value = wide(x[first + block]);
    let there = vec4i(0, 1, 2, 3) + block * 4 < vec4i(shape.channels);
    ${body}
  }`;
  const reduce = (value: string, combine: (a: string, b: string) => string): string => `
  workgroupBarrier();
  partial[lane] = ${value};
  for (var half = ${SOFTMAX_THREADS / 2}; half > 0; half /= 2) {
    workgroupBarrier();
    if (lane < half) { partial[lane] = ${combine('partial[lane]', 'partial[lane + half]')}; }
  }
  workgroupBarrier();`;
  return {
    storage,
    reads: ['x'],
    shape: SOFTMAX_SHAPE,
    workgroup: [SOFTMAX_THREADS, 1],
    declarations: `var<workgroup> partial: array<f32, ${SOFTMAX_THREADS}>;`,
    main: `
  let row = workgroup.y;
  if (row >= shape.rows) { return; }
  let first = row * shape.blocks;
  var most = vec4f(wide(x[first]).x);
  ${eachBlock('most = select(most, max(most, value), there);')}
  ${reduce('max(max(most.x, most.y), max(most.z, most.w))', (a, b) => `max(${a}, ${b})`)}
  let top = partial[0];
  var sum = vec4f();
  ${eachBlock('sum += select(vec4f(), exp(value - top), there);')}
  ${reduce('dot(sum, vec4f(1))', (a, b) => `${a} + ${b}`)}
  let total = partial[0];
  ${eachBlock('out[first + block] = narrow(select(vec4f(), exp(value - top) / total, there));')}`,
  };
}
