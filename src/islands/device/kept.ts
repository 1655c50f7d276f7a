/** What this device keeps of its own times; where it may keep nothing, everything works without. */
import {
  readDeviceRecord,
  withQuicker,
  withRun,
  type DeviceRecord,
  type Run,
} from '../../zoo/device-record.ts';
import { softwareName } from './software.ts';

const KEY = 'rx-device';

/** What is kept; null where nothing is, or nothing that can be read. */
export function keptRecord(): DeviceRecord | null {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? null : readDeviceRecord(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Keeps a record, or forgets it. */
export function keepRecord(record: DeviceRecord | null): void {
  try {
    if (record) localStorage.setItem(KEY, JSON.stringify(record));
    else localStorage.removeItem(KEY);
  } catch {
    // Nothing is kept then.
  }
}

/** This device before anything was timed. */
export function freshRecord(): DeviceRecord {
  const { hardwareConcurrency: cores } = navigator as Partial<Navigator>;
  return {
    ...{ schema: 1, date: today(), name: '', gpu: null },
    cores: cores ?? null,
    software: softwareName(navigator.userAgent),
    ...{ runs: [], refusals: [] },
  };
}

/** The day, as records have it. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/**
 * A record with a run more, and with the GPU's name if that is new. `onceMore` keeps the quicker of it
 * and what stood there; else it takes its place.
 */
export function withMeasured(
  record: DeviceRecord,
  run: Run,
  gpu: string | null,
  { onceMore = false } = {},
): DeviceRecord {
  const add = onceMore ? withQuicker : withRun;
  return { ...add(record, run, today()), gpu: gpu ?? record.gpu };
}
