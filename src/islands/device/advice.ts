/** What is known of this device before a network is tried on it: what it refuses, what is likely. */
import type { BackendName } from '../../engine/backend.ts';
import type { Granted } from '../../engine/backends/index.ts';
import type { Fitting } from '../../engine/fits.ts';
import { runningBytes, type Layer } from '../../regnet/index.ts';
import { timeCosts } from '../../zoo/device-fit.ts';
import { expectedMs, type DeviceRecord } from '../../zoo/device-record.ts';
import type { Way } from '../classifier/ways.ts';
import { memoryHere } from './memory.ts';

/** A network, one way to compute it, and what was timed here so far. */
export interface Question {
  readonly layers: readonly Layer[];
  readonly way: Pick<Way, 'id' | 'backend' | 'precision'>;
  readonly record: Pick<DeviceRecord, 'runs'> | null;
  /** Bytes that the network takes; with weights drawn layer by layer unless told. */
  readonly bytes?: number | undefined;
}

export interface Advice {
  /** Bytes that the network takes, an estimate. */
  readonly bytes: number;
  /** Milliseconds that a pass is likely to take; null before anything was timed that way. */
  readonly ms: number | null;
  /** What stands against it, in a sentence with the way out; null where nothing does. */
  readonly obstacle: string | null;
}

/** Answers from what is known already. */
export type Adviser = (question: Question) => Advice;

/** Asks this device once what it grants to these backends; the adviser itself asks no more. */
export async function adviserFor(backends: readonly BackendName[]): Promise<Adviser> {
  const [{ grantedHere }, { obstacleTo }] = await Promise.all([
    import('../../engine/time-client.ts'),
    import('../../engine/fits.ts'),
  ]);
  return adviserOf(await grantedHere(backends), memoryHere(), obstacleTo);
}

/** An adviser on a device with so many bytes of memory, null where the browser does not tell. */
export function adviserOf(
  granted: Granted,
  memory: number | null,
  obstacleTo: (fitting: Fitting) => string | null,
): Adviser {
  return ({ layers, way: { id, backend, precision }, record, bytes = runningBytes(layers) }) => {
    const ms = record && expectedMs(record, id, timeCosts(layers));
    const limits = granted[backend] ?? null;
    const fitting = { layers, precision, limits, bytes, memory, expectedMs: ms };
    return { bytes, ms, obstacle: obstacleTo(fitting) };
  };
}
