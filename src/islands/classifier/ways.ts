/** The ways to compute that a visitor may choose among. */
import type { BackendName, Precision } from '../../engine/backend.ts';
import type { EngineErrorCode } from '../../threads/errors.ts';
import type { ClassifierInfo } from '../../engine/types.ts';

export interface Way {
  readonly id: 'webgl' | 'webgl-float16' | 'wasm' | 'cpu';
  /** As it stands in a sentence after "on". */
  readonly label: string;
  readonly backend: BackendName;
  readonly precision: Precision;
}

export type WayId = Way['id'];

/** From the one that is usually quickest to the one that always works. */
export const WAYS: readonly Way[] = [
  { id: 'webgl', label: 'WebGL', backend: 'webgl', precision: 'float32' },
  { id: 'webgl-float16', label: 'WebGL, half floats', backend: 'webgl', precision: 'float16' },
  { id: 'wasm', label: 'WebAssembly', backend: 'wasm', precision: 'float32' },
  { id: 'cpu', label: 'the CPU (slow)', backend: 'cpu', precision: 'float32' },
];

export function wayOf(id: WayId): Way | undefined {
  return WAYS.find((way) => way.id === id);
}

/** The way that a classifier takes, which need not be the one that was asked for. */
export function wayTaken({
  backend,
  precision,
}: Pick<ClassifierInfo, 'backend' | 'precision'>): WayId {
  const taken = WAYS.find((way) => way.backend === backend && way.precision === precision);
  return taken?.id ?? 'cpu';
}

/** What to offer after a failure that another way to compute may not have; null for all others. */
export function wayOut(code: EngineErrorCode, failed: WayId): Way | null {
  if (!['no-webgl', 'no-wasm', 'context-lost', 'mismatch'].includes(code)) return null;
  const simpler: Readonly<Record<WayId, WayId | null>> = {
    webgl: 'wasm',
    'webgl-float16': code === 'mismatch' ? 'webgl' : 'wasm',
    wasm: 'cpu',
    cpu: null,
  };
  const next = simpler[failed];
  return next === null ? null : (wayOf(next) ?? null);
}
