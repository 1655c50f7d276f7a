/** All backends: each is a folder here and a row of this table. */
import type { Backend, BackendName, BackendOptions, DeviceFilter, DeviceMap } from '../backend.ts';

/** What is to be done with a backend, whatever its maps and filters are. */
export type Use<Result> = <M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
) => Result;

type Open = <Result>(options: BackendOptions, use: Use<Result>) => Promise<Result>;

/** Each loads its own code alone. */
const OPEN: Readonly<Record<BackendName, Open>> = {
  webgl: async (options, use) => use((await import('./webgl/index.ts')).openWebgl(options)),
  wasm: async (options, use) => use(await (await import('./wasm/index.ts')).openWasm(options)),
  cpu: async (_, use) => use((await import('./cpu/index.ts')).openCpu()),
};

/**
 * Opens a backend, loading its code on demand, and does something with it. Rejects with an
 * EngineError with code `no-webgl` when `webgl` is asked for where the browser has no WebGL2,
 * `no-wasm` when `wasm` is asked for where it has no WebAssembly with SIMD.
 */
export function withBackend<Result>(
  name: BackendName,
  options: BackendOptions,
  use: Use<Result>,
): Promise<Result> {
  return OPEN[name](options, use);
}
