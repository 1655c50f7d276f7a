import { useEffect, useMemo, useState } from 'preact/hooks';
import type { FileReport } from '../../checkpoints/report.ts';
import type { Picture } from '../classifier/events.ts';
import { samplePicture, type Sample } from '../classifier/samples.ts';
import { createSession, panelBefore } from '../classifier/session.ts';
import { defaultsFor, type Settings } from '../classifier/settings.ts';
import type { PanelState, Phase } from '../classifier/state.ts';
import { wayOf, type WayId } from '../classifier/ways.ts';

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

interface Opened {
  readonly file: File;
  readonly report: FileReport;
}

/** The use of an open file; null while there is none, or none that runs. */
export function useTrial(opened: Opened | null, base: string): Use | null {
  const [panel, setPanel] = useState(() => panelBefore(null));
  const [chosen, setChosen] = useState<{ of: Opened; settings: Settings } | null>(null);
  const usable = opened?.report.problem === null ? opened : null;
  const clues = usable?.report.clues;
  const likely = useMemo(() => clues && defaultsFor(clues), [clues]);
  const session = useMemo(
    () => usable && createSession({ base, shipped: null, onPanel: setPanel }),
    [usable],
  );
  useEffect(() => {
    setPanel(session?.panel ?? panelBefore(null));
    return () => session?.dispose();
  }, [session]);
  if (!usable || !likely || !session) return null;
  const settings = chosen?.of === usable ? chosen.settings : likely;
  const choose = (how: Settings) => {
    session.send({ type: 'choose', file: usable.file, settings: how });
  };
  const classify = (picture: Picture) => {
    choose(settings);
    session.send({ type: 'classify', picture });
  };
  return {
    settings,
    panel,
    phase: panel.phase === 'idle' ? 'ready' : panel.phase,
    change: (next) => {
      setChosen({ of: usable, settings: next });
      choose(next);
      if (panel.subject !== null) session.send({ type: 'retry' });
    },
    classifyFile: (file) => {
      classify({ name: file.name, load: () => Promise.resolve(file) });
    },
    classifySample: (sample) => {
      classify(samplePicture(base, sample));
    },
    retry: () => {
      choose(settings);
      session.send({ type: 'retry' });
    },
    compute: (way) => {
      choose(settings);
      session.send({ type: 'compute', way: wayOf(way) ?? null });
    },
    measureLayers: () => {
      session.send({ type: 'layers' });
    },
    stop: () => {
      session.send({ type: 'cancel' });
    },
  };
}
