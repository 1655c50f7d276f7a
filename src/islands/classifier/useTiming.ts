/** A variant timed without weights: what the panel shows meanwhile, and how it is begun and ended. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { NetworkTime, TimePhase } from '../../engine/time-client.ts';
import { loadCode, problemOf } from './load.ts';
import type { Phase, Problem } from './state.ts';
import { wayOf, type Way, type WayId } from './ways.ts';

/** More than this is not taken without asking. */
export const MUCH_BYTES = 1e9;

export interface Timing {
  readonly phase: Extract<Phase, 'loading' | 'running' | 'done' | 'error'>;
  readonly at: TimePhase;
  readonly way: Way | null;
  readonly time: NetworkTime | null;
  readonly problem: Problem | null;
}

/** Why a way will not do, in a sentence. */
export interface Doubt {
  readonly why: string;
  readonly way: Way;
}

export interface TimeHereUse {
  /** Null until it is asked for, and after it was closed. */
  readonly timing: Timing | null;
  /** What stands against it on this device: then `insist` begins all the same. */
  readonly doubt: Doubt | null;
  /** Begins, on another way than the page's or the visitor's choice if told. */
  readonly begin: (on?: Way) => void;
  readonly insist: () => void;
  /** Ends what runs, and shows what was there before. */
  readonly close: () => void;
}

/** `chosen` is the visitor's own choice of what computes; null leaves it to the page. */
export function useTiming(variant: string, chosen: WayId | null): TimeHereUse {
  const [timing, setTiming] = useState<Timing | null>(null);
  const running = useRef<AbortController | null>(null);
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  const close = () => {
    running.current?.abort(new Error('Stopped.'));
    running.current = null;
    setTiming(null);
    setDoubt(null);
  };
  const start = (on: Way | undefined, insisting: boolean) => {
    close();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    const show = (next: Partial<Timing>) => {
      if (!signal.aborted) setTiming((now) => ({ ...(now ?? BEGUN), ...next }));
    };
    show(BEGUN);
    void (async () => {
      try {
        const { wayHere, whyNotHere, timeVariant, keepRun } = await loadCode(
          import('../device/time-here.ts'),
        );
        const way = on ?? wayOf(chosen) ?? (await wayHere());
        show({ way });
        const why = insisting ? null : await whyNotHere(variant, way);
        if (why !== null) {
          if (signal.aborted) return;
          close();
          setDoubt({ why, way });
          return;
        }
        const time = await timeVariant(variant, way, {
          signal,
          onPhase: (at) => {
            show({ at, phase: at === 'draw' ? 'loading' : 'running' });
          },
        });
        show({ phase: 'done', time });
        if (!signal.aborted) keepRun(variant, time);
      } catch (error) {
        show({ phase: 'error', problem: problemOf(error) });
      }
    })();
  };
  useEffect(() => close, []);
  const begin = (on?: Way) => {
    start(on, false);
  };
  const insist = () => {
    start(doubt?.way, true);
  };
  return { timing, doubt, begin, insist, close };
}

const BEGUN: Timing = { phase: 'loading', at: 'draw', way: null, time: null, problem: null };
