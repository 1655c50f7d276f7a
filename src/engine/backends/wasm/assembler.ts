/**
 * As much of an assembler as our kernels need: functions over one imported memory, to the binary
 * format of the WebAssembly core specification (section 5), with fixed-width and relaxed SIMD. The
 * kernels are assembled where they run, in milliseconds, so no compiler, build step or binary comes
 * with them, and the one source gives tiles of all sizes with and without relaxed SIMD.
 */

/** Instructions in binary; nested as they were put together. */
export type Code = number | readonly Code[];

type ValueType = 'i32' | 'v128';
const TYPES: Readonly<Record<ValueType, number>> = { i32: 0x7f, v128: 0x7b };

/** A parameter or variable of a function. */
export interface Local {
  readonly get: Code;
  readonly set: (value: Code) => Code;
}

/** Gives a function its parameters, which come first, and its variables, which start as zero. */
export interface Locals {
  readonly param: (type: ValueType) => Local;
  readonly variable: (type: ValueType) => Local;
}

export interface WasmFunction {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly variables: readonly ValueType[];
  readonly body: Code;
}

/** A function without result that the module exports. */
export function wasmFunction(name: string, write: (locals: Locals) => Code): WasmFunction {
  const params: ValueType[] = [];
  const variables: ValueType[] = [];
  const add = (list: ValueType[], type: ValueType): Local => {
    const index = unsigned(params.length + variables.length);
    list.push(type);
    return { get: [0x20, index], set: (value) => [value, 0x21, index] };
  };
  const body = write({
    param: (type) => {
      if (variables.length > 0) throw new Error('Parameters come before variables.');
      return add(params, type);
    },
    variable: (type) => add(variables, type),
  });
  return { name, params, variables, body };
}

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];
const binary =
  (opcode: Code) =>
  (a: Code, b: Code): Code => [a, b, opcode];
/** A load or store: `offset` bytes are added to the address; alignment is promised to 4 bytes. */
const memory = (opcode: Code, offset: number): Code => [opcode, 2, unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  lessUnsigned: binary(0x49),
  load: (address: Code, offset = 0): Code => [address, memory(0x28, offset)],
};

export const v128 = {
  load: (address: Code, offset = 0): Code => [address, memory(simd(0x00), offset)],
  /** One float in all four lanes. */
  loadSplat: (address: Code, offset = 0): Code => [address, memory(simd(0x09), offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    address,
    value,
    memory(simd(0x0b), offset),
  ],
};

export const f32 = {
  /** The float of these 32 bits. */
  reinterpret: (bits: Code): Code => [bits, 0xbe],
  fromInteger: (value: Code): Code => [value, 0xb2],
};

export const f32x4 = {
  splat: (value: Code): Code => [value, simd(0x13)],
  add: binary(simd(0xe4)),
  mul: binary(simd(0xe6)),
  div: binary(simd(0xe7)),
  /** The second where it is greater, else the first, so that a first that is no number stays. */
  pmax: binary(simd(0xeb)),
  /** a * b + c, rounded once or twice as the processor likes it (relaxed SIMD). */
  relaxedMadd: (a: Code, b: Code, c: Code): Code => [a, b, c, simd(0x105)],
};

const VOID = 0x40;
const END = 0x0b;

/** Runs the body, and again as long as the condition holds after it. */
export function doWhile(body: Code, condition: Code): Code {
  return [0x03, VOID, body, condition, 0x0d, 0, END];
}

/** Runs the body if the condition is not zero. */
export function when(condition: Code, body: Code): Code {
  return [condition, 0x04, VOID, body, END];
}

/** Bytes of a page of memory. */
export const PAGE = 65536;

export interface MemoryType {
  readonly shared: boolean;
  /** The most pages that it may grow to. */
  readonly maximum: number;
}

/** The bytes of a module that exports the functions and imports its memory as `env.memory`. */
export function assemble(
  functions: readonly WasmFunction[],
  { shared, maximum }: MemoryType,
): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ params }) => [0x60, vector(params.map((t) => TYPES[t])), 0]);
  const memoryImport = [name('env'), name('memory'), 2, shared ? 3 : 1, 0, unsigned(maximum)];
  const exported = functions.map((f, i) => [name(f.name), 0, unsigned(i)]);
  const bodies = functions.map(({ variables, body }) =>
    sized([vector(variables.map((type) => [1, TYPES[type]])), body, END]),
  );
  const sections: Code[] = [
    section(1, types),
    section(2, [memoryImport]),
    section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    section(7, exported),
    section(10, bodies),
  ];
  return Uint8Array.from(flat([[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], sections]));
}

function section(id: number, entries: readonly Code[]): Code {
  return [id, sized(vector(entries))];
}

function vector(entries: readonly Code[]): Code {
  return [unsigned(entries.length), entries];
}

function sized(code: Code): Code {
  const bytes = flat(code);
  return [unsigned(bytes.length), bytes];
}

function name(text: string): Code {
  return vector([...new TextEncoder().encode(text)]);
}

function flat(code: Code): number[] {
  const bytes: number[] = [];
  const add = (part: Code): void => {
    if (typeof part === 'number') bytes.push(part);
    else part.forEach(add);
  };
  add(code);
  return bytes;
}

/** LEB128: seven bits a byte, the lowest first, all but the last with the highest bit set. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40
    ? [value & 0x7f]
    : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
