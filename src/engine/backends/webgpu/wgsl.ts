/** What all our shaders begin with: how numbers are stored, and what is bound. */
import type { Precision } from '../../backend.ts';

/** How a cell of four channels is stored; it is computed with as four float32 in any case. */
export type Storage = 'float32' | 'float16' | 'packed';

/**
 * Half floats are a type of the language where the GPU has `shader-f16`. Elsewhere they are two in a
 * word, which every GPU unpacks; the bytes are the same.
 */
export function storageOf(precision: Precision, features: ReadonlySet<string>): Storage {
  if (precision === 'float32') return 'float32';
  return features.has('shader-f16') ? 'float16' : 'packed';
}

/** WGSL: the type of a cell, and the ways to and from float32. The largest half is 65504. */
const CELLS: Readonly<Record<Storage, string>> = {
  float32: `
alias Cell = vec4f;
fn wide(cell: Cell) -> vec4f { return cell; }
fn narrow(value: vec4f) -> Cell { return value; }`,
  float16: `
alias Cell = vec4<f16>;
fn wide(cell: Cell) -> vec4f { return vec4f(cell); }
fn narrow(value: vec4f) -> Cell { return Cell(clamp(value, vec4f(-65504), vec4f(65504))); }`,
  packed: `
alias Cell = vec2u;
fn wide(cell: Cell) -> vec4f { return vec4f(unpack2x16float(cell.x), unpack2x16float(cell.y)); }
fn narrow(value: vec4f) -> Cell {
  let kept = clamp(value, vec4f(-65504), vec4f(65504));
  return Cell(pack2x16float(kept.xy), pack2x16float(kept.zw));
}`,
};

/** A shader before it is written: what it reads, by name, and its body. */
export interface Shader {
  readonly storage: Storage;
  /** Names of the buffers that it reads; it writes `out`. */
  readonly reads: readonly string[];
  /** Names of the integers of `shape`. */
  readonly shape: readonly string[];
  readonly workgroup: readonly [x: number, y: number];
  /** Declarations outside of the function. */
  readonly declarations: string;
  /** Of the function; it knows `workgroup`, `at` and `lane`, all integers with a sign. */
  readonly main: string;
}

/** The largest number of workgroups along an axis that every GPU takes. */
export const MOST_WORKGROUPS = 65535;

/** WGSL of a shader. Binding 0 is the shape, then come what it reads and what it writes. */
export function source({ storage, reads, shape, workgroup, declarations, main }: Shader): string {
  return `${storage === 'float16' ? 'enable f16;' : ''}
${CELLS[storage]}
struct Shape { ${shape.map((name) => `${name}: i32`).join(', ')} }
@group(0) @binding(0) var<uniform> shape: Shape;
${reads
  .map((name, i) => `@group(0) @binding(${i + 1}) var<storage, read> ${name}: array<Cell>;`)
  .join('\n')}
@group(0) @binding(${reads.length + 1}) var<storage, read_write> out: array<Cell>;
${declarations}
@compute @workgroup_size(${workgroup[0]}, ${workgroup[1]})
fn main(
  @builtin(workgroup_id) workgroupId: vec3u,
  @builtin(local_invocation_id) localId: vec3u,
  @builtin(local_invocation_index) localIndex: u32,
) {
  // Along y and z together, since an axis takes no more than ${MOST_WORKGROUPS}.
  let workgroup = vec2i(i32(workgroupId.x), i32(workgroupId.z * ${MOST_WORKGROUPS}u + workgroupId.y));
  let at = vec2i(localId.xy);
  let lane = i32(localIndex);
  ${main}
}
`;
}

/** So many workgroups along x and y, with what is too many for y along z. */
export function workgroupsOf(x: number, y: number): readonly [number, number, number] {
  return [x, Math.min(y, MOST_WORKGROUPS), Math.ceil(y / MOST_WORKGROUPS)];
}

/**
 * What ends every convolution: the integers that it adds to a shape, and WGSL that writes a cell. All
 * threads take the same branches, which cost next to nothing; programs of their own would each have
 * to be compiled.
 */
export const ENDING_SHAPE = ['addsResidual', 'endsInRelu'] as const;
export const ENDING = `
fn finish(sum: vec4f, cell: i32) {
  var value = sum;
  if (shape.addsResidual != 0) { value += wide(residual[cell]); }
  if (shape.endsInRelu != 0) { value = max(value, vec4f()); }
  out[cell] = narrow(value);
}`;

export function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
