/** The state of the page that times this device. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { networkOf, runningBytes } from '../../regnet/index.ts';
import { unpackRecord } from '../../zoo/device-share.ts';
import type { DeviceRecord } from '../../zoo/device-record.ts';
import { modelOf } from '../../zoo/models.ts';
import { messageOf } from '../messageOf.ts';
import { loadCode } from '../classifier/load.ts';
import { WAYS } from '../classifier/ways.ts';
import { freshRecord, keepRecord, keptRecord } from './kept.ts';
import { climb, type At } from './ladder.ts';
import { timeVariant } from './run.ts';

export interface Ladder {
  /** This device's; null before the island answers. */
  readonly record: DeviceRecord | null;
  /** Somebody else's, from the address. */
  readonly other: DeviceRecord | null;
  /** The ids of the ways that this device has; null until that is known. */
  readonly found: readonly string[] | null;
  readonly at: At | null;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly start: (ids: readonly string[], ways: readonly string[]) => void;
  readonly stop: () => void;
  readonly change: (record: DeviceRecord | null) => void;
}

export function useLadder(): Ladder {
  const [record, setRecord] = useState<DeviceRecord | null>(null);
  const [other, setOther] = useState<DeviceRecord | null>(null);
  const [found, setFound] = useState<readonly string[] | null>(null);
  const [at, setAt] = useState<At | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const stop = () => {
    running.current?.abort(new Error('Stopped.'));
    running.current = null;
    setBusy(false);
    setAt(null);
  };
  const change = (next: DeviceRecord | null) => {
    keepRecord(next);
    setRecord(next ?? freshRecord());
  };
  const start = (ids: readonly string[], ways: readonly string[]) => {
    stop();
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setProblem(null);
    void climb({
      record: record ?? freshRecord(),
      ...{ ids, ways },
      signal: controller.signal,
      memory: memoryHere(),
      bytesOf: (id) => runningBytes(networkOf(modelOf(id).design).layers),
      time: timeVariant,
      onAt: (next) => {
        if (!controller.signal.aborted) setAt(next);
      },
      onRecord: change,
    })
      .catch((error: unknown) => {
        setProblem(messageOf(error));
      })
      .finally(() => {
        if (running.current === controller) stop();
      });
  };
  useEffect(() => {
    setRecord(keptRecord() ?? freshRecord());
    const read = () => {
      const packed = /^#r=(.+)$/.exec(location.hash)?.[1];
      if (packed === undefined) return;
      unpackRecord(packed).then(setOther, (error: unknown) => {
        setProblem(messageOf(error));
      });
    };
    read();
    window.addEventListener('hashchange', read);
    void waysHere().then(setFound, (error: unknown) => {
      setProblem(messageOf(error));
    });
    return () => {
      window.removeEventListener('hashchange', read);
      running.current?.abort(new Error('Stopped.'));
    };
  }, []);
  return { record, other, found, at, busy, problem, start, stop, change };
}

/** What this device computes on, asked of a worker without any of the backends' code. */
async function waysHere(): Promise<string[]> {
  const { devicesOf } = await loadCode(import('../../engine/time-client.ts'));
  const found = await devicesOf();
  return WAYS.filter(({ backend }) => found[backend] !== undefined).map(({ id }) => id);
}

/** The browser tells at most 8 GiB, so that value says nothing. */
function memoryHere(): number | null {
  const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  return deviceMemory === undefined || deviceMemory >= 8 ? null : deviceMemory * 2 ** 30;
}
