/**
 * WebGPU's flags by their numbers (https://www.w3.org/TR/webgpu/#buffer-usage, #gpumapmode,
 * #gpushaderstage): TypeScript's library has the types of its objects, but not these.
 */
export const MAP_READ = 0x0001;
export const COPY_SRC = 0x0004;
export const COPY_DST = 0x0008;
export const UNIFORM = 0x0040;
export const STORAGE = 0x0080;
export const QUERY_RESOLVE = 0x0200;

/** Of `mapAsync`. */
export const READ = 0x0001;

/** Of a bind group layout's entry. */
export const COMPUTE = 0x4;
