/** The state of the page that times this device. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { networkOf } from '../../regnet/index.ts';
import { unpackRecord } from '../../zoo/device-share.ts';
import { RUNGS, type DeviceRecord, type Refusal } from '../../zoo/device-record.ts';
import { modelOf } from '../../zoo/models.ts';
import { messageOf } from '../messageOf.ts';
import { loadCode } from '../classifier/load.ts';
import { WAYS, wayOf, type Way } from '../classifier/ways.ts';
import { adviserFor, type Adviser } from './advice.ts';
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
  /** What will not be tried on this device, and why; none while the device was not asked. */
  readonly obstacles: readonly Refusal[];
  readonly at: At | null;
  readonly busy: boolean;
  readonly problem: string | null;
  /** Times what is left of these, or all that was timed once more. */
  readonly start: (ids: readonly string[], ways: readonly string[], onceMore?: boolean) => void;
  readonly stop: () => void;
  readonly change: (record: DeviceRecord | null) => void;
}

export function useLadder(): Ladder {
  const [record, setRecord] = useState<DeviceRecord | null>(null);
  const [other, setOther] = useState<DeviceRecord | null>(null);
  const [found, setFound] = useState<readonly string[] | null>(null);
  const [adviser, setAdviser] = useState<Adviser | null>(null);
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
  const start: Ladder['start'] = (ids, ways, onceMore = false) => {
    stop();
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setProblem(null);
    void climb({
      record: record ?? freshRecord(),
      ...{ ids, ways, onceMore },
      signal: controller.signal,
      whyNot: (id, way, known) =>
        adviser?.({ layers: layersOf(id), way, record: known }).obstacle ?? null,
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
    const lookAround = async () => {
      const ways = await waysHere();
      setFound(ways.map(({ id }) => id));
      const next = await loadCode(adviserFor(ways.map(({ backend }) => backend)));
      setAdviser(() => next);
    };
    lookAround().catch((error: unknown) => {
      setProblem(messageOf(error));
    });
    return () => {
      window.removeEventListener('hashchange', read);
      running.current?.abort(new Error('Stopped.'));
    };
  }, []);
  const obstacles = useMemo(
    () => (adviser && record && found ? obstaclesOn(adviser, record, found) : []),
    [adviser, record, found],
  );
  return { record, other, found, obstacles, at, busy, problem, start, stop, change };
}

/** All variants that will not be tried on this device, each with every way that stands against it. */
function obstaclesOn(
  adviser: Adviser,
  record: DeviceRecord,
  found: readonly string[],
): readonly Refusal[] {
  return RUNGS.flatMap(({ id }) => {
    const layers = layersOf(id);
    return found.flatMap((wayId): Refusal[] => {
      const way = wayOf(wayId);
      const why = way ? adviser({ layers, way, record }).obstacle : null;
      return why === null ? [] : [{ id, way: wayId, why }];
    });
  });
}

const layersOf = (id: string) => networkOf(modelOf(id).design).layers;

/** What this device computes on, asked of a worker without any of the backends' code. */
async function waysHere(): Promise<Way[]> {
  const { devicesOf } = await loadCode(import('../../engine/time-client.ts'));
  const found = await devicesOf();
  return WAYS.filter(({ backend }) => found[backend] !== undefined);
}
