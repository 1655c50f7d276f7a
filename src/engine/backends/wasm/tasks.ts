/** The calls of kernels that a computation consists of, as whole numbers that all threads can read. */
import { softmax } from '../../softmax.ts';

/**
 * Pixels of the largest tile. Six by two vectors of sums, two of weights and one of input are
 * fifteen, and x86 has sixteen registers, of which V8 keeps one.
 */
export const LARGEST_TILE = 6;

/** The kernel of tiles of so many pixels. */
export function convolveName(pixels: number): string {
  return `convolve${pixels}`;
}

const NAMES: readonly string[] = [
  ...Array.from({ length: LARGEST_TILE }, (_, i) => convolveName(i + 1)),
  'average',
  'softmax',
];

/** The kernels on one memory, in the order of their names. */
export type Kernels = readonly ((...args: number[]) => void)[];

/** The kernels on a memory, from the compiled module. */
export function kernelsOf(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  // WebAssembly has no exponential function, and there are only so many classes.
  const own: WebAssembly.Exports = {
    softmax: (x: number, channels: number, out: number) => {
      const logits = new Float32Array(memory.buffer, x, channels);
      new Float32Array(memory.buffer, out, channels).set(softmax(logits, channels));
    },
  };
  return NAMES.map((name) => (exports[name] ?? own[name]) as Kernels[number]);
}

/** One call of a kernel. */
export interface Task {
  readonly kernel: string;
  readonly args: readonly number[];
}

/**
 * A convolution computes `tiles` tiles, each of a fixed number of pixels, for each panel of weights.
 * Where the inputs of a tile stand is in a table: for each tap of the filter the offset of each
 * pixel's input. So one kernel does for every size, stride and padding, and for the matrix product
 * of the 1x1 convolutions (Dukhan, "The Indirect Convolution Algorithm", 2019). Addresses, offsets
 * and pitches are in bytes.
 */
export interface ConvolveArguments {
  /** Where the table has the first tile: [tile][tap][pixel]. */
  readonly offsets: number;
  readonly tiles: number;
  readonly x: number;
  /** The first panel: its header, then [tap][input channel][8 output channels]. */
  readonly panel: number;
  readonly panelsEnd: number;
  readonly panelBytes: number;
  /** Bytes of one tap in a panel. */
  readonly tapBytes: number;
  readonly bias: number;
  /** The first pixel's first output channel. */
  readonly out: number;
  /** From one pixel's output to the next's. */
  readonly outPitch: number;
  /** From the output's address to the residual's; 0 when there is none. */
  readonly residual: number;
  readonly relu: boolean;
}

/** The bits of the float that results are at least. */
const ZERO = 0;
const MINUS_INFINITY = 0xff800000;

export function convolveTask(pixels: number, args: ConvolveArguments): Task {
  const { offsets, tiles, x, panel, panelsEnd, panelBytes, tapBytes, bias, out } = args;
  const { outPitch, residual, relu } = args;
  const least = relu ? ZERO : MINUS_INFINITY;
  return {
    kernel: convolveName(pixels),
    args: [
      ...[offsets, tiles, x, panel, panelsEnd, panelBytes, tapBytes, bias, out],
      ...[outPitch, residual, least],
    ],
  };
}

/** The mean over pixels, four channels at a time. */
export interface AverageArguments {
  readonly x: number;
  readonly pixels: number;
  readonly pitch: number;
  readonly out: number;
  readonly outEnd: number;
}

export function averageTask({ x, pixels, pitch, out, outEnd }: AverageArguments): Task {
  return { kernel: 'average', args: [x, pixels, pitch, out, outEnd] };
}

export interface SoftmaxArguments {
  readonly x: number;
  readonly channels: number;
  readonly out: number;
}

export function softmaxTask({ x, channels, out }: SoftmaxArguments): Task {
  return { kernel: 'softmax', args: [x, channels, out] };
}

/** Tasks that may run in any order or at the same time, after all of the step before. */
export type Step = readonly Task[];

/** Whole numbers that a task takes: its kernel, its step's first and last task but one, arguments. */
export const TASK_WORDS = 16;
const ARGUMENTS = 3;

/** Steps as whole numbers, `TASK_WORDS` a task. */
export function encode(steps: readonly Step[]): Int32Array {
  const tasks = steps.reduce((sum, { length }) => sum + length, 0);
  const words = new Int32Array(tasks * TASK_WORDS);
  let start = 0;
  for (const step of steps) {
    const end = start + step.length;
    for (const [i, { kernel, args }] of step.entries())
      words.set([NAMES.indexOf(kernel), start, end, ...args], (start + i) * TASK_WORDS);
    start = end;
  }
  return words;
}

/** The first task of a task's step, and the first of the next. */
export function stepOf(words: Int32Array, task: number): readonly [start: number, end: number] {
  return [words[task * TASK_WORDS + 1] ?? 0, words[task * TASK_WORDS + 2] ?? 0];
}

export function runTask(kernels: Kernels, words: Int32Array, task: number): void {
  const at = task * TASK_WORDS;
  const arg = (i: number): number => words[at + ARGUMENTS + i] ?? 0;
  // Written out: to spread an array takes longer than some tasks do, and kernels ignore what is over.
  kernels[words[at] ?? -1]?.(
    arg(0),
    arg(1),
    arg(2),
    arg(3),
    arg(4),
    arg(5),
    arg(6),
    arg(7),
    arg(8),
    arg(9),
    arg(10),
    arg(11),
  );
}
