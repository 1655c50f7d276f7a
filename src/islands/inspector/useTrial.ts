import { useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import type { BackendName } from '../../engine/backend.ts';
import type { FileReport } from '../../engine/inspect/report.ts';
import { samplePicture, type Sample } from '../classifier/samples.ts';
import {
  initialState,
  reduce,
  type PanelAction,
  type PanelState,
  type Phase,
} from '../classifier/state.ts';
import { defaultsFor, type Protocol, type Settings } from './settings.ts';
import { createTrial } from './trial.ts';

/** An open file's network in use: what its panel shows, and what can be asked of it. */
export interface Use {
  readonly settings: Settings;
  readonly panel: PanelState;
  readonly phase: Phase;
  /** Runs the current picture anew with these settings. */
  readonly change: (settings: Settings) => void;
  readonly classifyFile: (file: File) => void;
  readonly classifySample: (sample: Sample) => void;
  readonly retry: (backend?: BackendName) => void;
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
export function useTrial(
  opened: Opened | null,
  base: string,
  protocols: readonly Protocol[],
): Use | null {
  const [panel, dispatch] = useReducer(reduceTrial, START);
  const [chosen, setChosen] = useState<{ of: Opened; settings: Settings } | null>(null);
  const usable = opened?.report.problem === null ? opened : null;
  const likely = useMemo(() => usable && defaultsFor(usable.report, protocols), [usable]);
  const trial = useMemo(() => usable && createTrial({ base, ...usable, dispatch }), [usable]);
  useEffect(() => {
    dispatch(START_AGAIN);
    return () => trial?.dispose();
  }, [trial]);
  if (!usable || !likely || !trial) return null;
  const settings = chosen?.of === usable ? chosen.settings : likely;
  return {
    settings,
    panel,
    phase: panel.phase === 'idle' ? 'ready' : panel.phase,
    change: (next) => {
      setChosen({ of: usable, settings: next });
      trial.again(next);
    },
    classifyFile: (file) => {
      trial.classify({ name: file.name, load: () => Promise.resolve(file) }, settings);
    },
    classifySample: (sample) => {
      trial.classify(samplePicture(base, sample), settings);
    },
    retry: (backend) => {
      trial.again(settings, backend);
    },
    stop: () => {
      trial.dispose();
      dispatch(START_AGAIN);
    },
  };
}
