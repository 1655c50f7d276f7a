/**
 * All backends: each is a folder here and a row of this table. Whoever offers, chooses, opens or
 * names one reads it: the panel, its worker, the command and the benchmark. It loads none of them.
 */
import type { Backend, BackendName, BackendOptions, DeviceFilter, DeviceMap } from '../backend.ts';
import type { Limits } from '../limits.ts';
import type { About } from './about.ts';
import { cpu } from './cpu/about.ts';
import { wasm } from './wasm/about.ts';
import { webgl } from './webgl/about.ts';
import { webgpu } from './webgpu/about.ts';

/** What is to be done with a backend, whatever its maps and filters are. */
export type Use<Result> = <M extends DeviceMap, F extends DeviceFilter>(
  backend: Backend<M, F>,
) => Result;

export interface BackendRow extends About {
  /** Loads its code, alone, and opens it. */
  readonly open: <Result>(options: BackendOptions, use: Use<Result>) => Promise<Result>;
  /** What it is granted on this very thread; null where nothing is limited, or nothing computes. */
  readonly limits: () => Promise<Limits | null>;
}

/** From the one that is usually quickest to the one that always works. */
export const BACKENDS: readonly BackendRow[] = [
  {
    ...webgl,
    open: async (options, use) => use((await import('./webgl/index.ts')).openWebgl(options)),
    limits: async () => (await import('./webgl/limits.ts')).webglLimits(),
  },
  {
    ...webgpu,
    open: async (options, use) =>
      use(await (await import('./webgpu/index.ts')).openWebgpu(options)),
    limits: async () => (await import('./webgpu/limits.ts')).webgpuLimits(),
  },
  {
    ...wasm,
    open: async (options, use) => use(await (await import('./wasm/index.ts')).openWasm(options)),
    limits: async () => (await import('./wasm/limits.ts')).wasmLimits,
  },
  {
    ...cpu,
    open: async (_, use) => use((await import('./cpu/index.ts')).openCpu()),
    limits: () => Promise.resolve(null),
  },
];

/** A backend's row. */
export function backendOf(id: BackendName): BackendRow {
  const row = BACKENDS.find((one) => one.id === id);
  if (!row) throw new RangeError(`There is no backend named ${id}.`);
  return row;
}

/** What computes on a thread, by backend; those that it lacks are left out. */
export type Found = Readonly<Partial<Record<BackendName, string>>>;

/** Asks this very thread for each of the backends. */
export async function probe(ids: readonly BackendName[]): Promise<Found> {
  const found: Partial<Record<BackendName, string>> = {};
  for (const id of ids) {
    const name = await backendOf(id).probe();
    if (name !== null) found[id] = name;
  }
  return found;
}

/** What each of the backends is granted on a thread. */
export type Granted = Readonly<Partial<Record<BackendName, Limits | null>>>;

/** Asks this very thread what it grants to each of the backends. */
export async function limitsOf(ids: readonly BackendName[]): Promise<Granted> {
  const granted: Partial<Record<BackendName, Limits | null>> = {};
  for (const id of ids) granted[id] = await backendOf(id).limits();
  return granted;
}

/**
 * Opens a backend, loading its code on demand, and does something with it. Rejects with an
 * EngineError with code `no-backend` where the browser lacks what it needs.
 */
export function withBackend<Result>(
  id: BackendName,
  options: BackendOptions,
  use: Use<Result>,
): Promise<Result> {
  return backendOf(id).open(options, use);
}
