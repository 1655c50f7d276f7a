/** The ways to compute that a visitor may choose among: each backend with each of its precisions. */
import type { BackendName, Precision } from '../../engine/backend.ts';
import { backendOf, BACKENDS } from '../../engine/backends/index.ts';
import type { ClassifierInfo } from '../../engine/types.ts';
import type { EngineErrorCode } from '../../threads/errors.ts';

export type WayId = BackendName | `${BackendName}-${Precision}`;

export interface Way {
  /** The backend's name; with a precision that is not its usual one, both. */
  readonly id: WayId;
  /** As it stands in a sentence after "on". */
  readonly label: string;
  readonly backend: BackendName;
  readonly precision: Precision;
}

/** In the order of the table of backends. */
export const WAYS: readonly Way[] = BACKENDS.flatMap(({ id, label, precisions }) =>
  precisions.map((precision, i): Way => {
    const way = { backend: id, precision };
    return i === 0
      ? { ...way, id, label }
      : { ...way, id: `${id}-${precision}`, label: `${label}, half floats` };
  }),
);

/** The way of an id; undefined where there is none, as for what an older page has remembered. */
export function wayOf(id: string | null): Way | undefined {
  return WAYS.find((way) => way.id === id);
}

/** The way that a classifier takes, which need not be the one that was asked for. */
export function wayTaken({
  backend,
  precision,
}: Pick<ClassifierInfo, 'backend' | 'precision'>): WayId {
  const taken = WAYS.find((way) => way.backend === backend && way.precision === precision);
  return taken?.id ?? backend;
}

/** What to offer after a failure that another way to compute may not have; null for all others. */
export function wayOut(code: EngineErrorCode, failed: WayId): Way | null {
  if (!['no-backend', 'context-lost', 'mismatch', 'too-large'].includes(code)) return null;
  const way = wayOf(failed);
  if (!way) return null;
  // Numbers of another size may come out right where these do not.
  const usual = wayOf(way.backend);
  if (code === 'mismatch' && usual && usual !== way) return usual;
  const { fallback } = backendOf(way.backend);
  // Plain loops have no more room than WebAssembly has.
  if (code === 'too-large' && fallback === 'cpu') return null;
  return wayOf(fallback) ?? null;
}
