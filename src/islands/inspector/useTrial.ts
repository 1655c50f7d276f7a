import { useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import type { FileReport } from '../../checkpoints/report.ts';
import { samplePicture, type Sample } from '../classifier/samples.ts';
import {
  initialState,
  reduce,
  type PanelAction,
  type PanelState,
  type Phase,
} from '../classifier/state.ts';
import { createSession, type Picture } from '../classifier/session.ts';
import type { WayId } from '../classifier/ways.ts';
import { defaultsFor, type Settings } from '../classifier/settings.ts';

/** An open file's network in use: what its panel shows, and what can be asked of it. */
export interface Use {
  readonly settings: Settings;
  readonly panel: PanelState;
  readonly phase: Phase;
  /** Runs the current picture anew with these settings. */
  readonly change: (settings: Settings) => void;
  readonly classifyFile: (file: File) => void;
  readonly classifySample: (sample: Sample) => void;
  readonly retry: () => void;
  readonly compute: (way: WayId | null) => void;
  readonly measureLayers: () => void;
  /** Gives up what is being prepared or run. */
  readonly stop: () => void;
}

const START = initialState({ kind: 'none' });
const START_AGAIN = { type: 'restarted' } as const;

function reduceTrial(state: PanelState, action: PanelAction | typeof START_AGAIN): PanelState {
  return action.type === 'restarted' ? START : reduce(state, action);
}

interface Opened {
  readonly file: File;
  readonly report: FileReport;
}

/** The use of an open file; null while there is none, or none that runs. */
export function useTrial(opened: Opened | null, base: string): Use | null {
  const [panel, dispatch] = useReducer(reduceTrial, START);
  const [chosen, setChosen] = useState<{ of: Opened; settings: Settings } | null>(null);
  const usable = opened?.report.problem === null ? opened : null;
  const clues = usable?.report.clues;
  const likely = useMemo(() => clues && defaultsFor(clues), [clues]);
  const session = useMemo(
    () => usable && createSession({ base, shipped: null, dispatch }),
    [usable],
  );
  useEffect(() => {
    dispatch(START_AGAIN);
    session?.begin();
    return () => session?.dispose();
  }, [session]);
  if (!usable || !likely || !session) return null;
  const settings = chosen?.of === usable ? chosen.settings : likely;
  const classify = (picture: Picture) => {
    session.choose(usable.file, settings);
    session.classify(picture);
  };
  return {
    settings,
    panel,
    phase: panel.phase === 'idle' ? 'ready' : panel.phase,
    change: (next) => {
      setChosen({ of: usable, settings: next });
      session.choose(usable.file, next);
      if (panel.subject !== null) session.retry();
    },
    classifyFile: (file) => {
      classify({ name: file.name, load: () => Promise.resolve(file) });
    },
    classifySample: (sample) => {
      classify(samplePicture(base, sample));
    },
    retry: () => {
      session.choose(usable.file, settings);
      session.retry();
    },
    compute: (way) => {
      session.choose(usable.file, settings);
      session.compute(way);
    },
    measureLayers: () => {
      session.measureLayers();
    },
    stop: () => {
      session.cancel();
    },
  };
}
