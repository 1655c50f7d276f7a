import { useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import '../styles/classifier.css';
import '../styles/inspector.css';
import type { Protocol } from './classifier/settings.ts';
import { Comparison } from './inspector/Comparison.tsx';
import { Downloads } from './inspector/Downloads.tsx';
import { Opener } from './inspector/Opener.tsx';
import { createInspector } from './inspector/session.ts';
import { reduce, type InspectorState } from './inspector/state.ts';
import { Sources, type Demonstration } from './inspector/Sources.tsx';
import { Shape } from './inspector/Shape.tsx';
import { Summary } from './inspector/Summary.tsx';
import { Tensors } from './inspector/Tensors.tsx';
import { TrialPanel } from './inspector/TrialPanel.tsx';
import { useTrial } from './inspector/useTrial.ts';
import { useDroppedFiles, usePastedFiles } from './useFiles.ts';
import { useLive } from './useLive.ts';

interface Props {
  /** The site's base path. */
  readonly base: string;
  /** How pictures are prepared for published checkpoints. */
  readonly protocols: readonly Protocol[];
  /** The Hugging Face hub, or a host that is laid out like it. */
  readonly hub: string;
  /** What ships with the site, to be tried. */
  readonly demonstration: Demonstration | null;
}

/**
 * Opens a checkpoint of the visitor's: what is in it, the same as timm-named safetensors, and the
 * network running. Nothing but this shell is loaded before a file is chosen.
 */
export default function CheckpointInspector({
  base: givenBase,
  protocols,
  hub,
  demonstration,
}: Props) {
  const base = givenBase.endsWith('/') ? givenBase : `${givenBase}/`;
  const live = useLive();
  const [state, dispatch] = useReducer(reduce, { phase: 'idle' } as InspectorState);
  const session = useMemo(() => createInspector(dispatch), []);
  const opened = state.phase === 'open' ? state : null;
  const use = useTrial(opened, base);
  const parts = useGradually(opened);
  const openAny = (file: File, ...further: File[]) => {
    if (use && file.type.startsWith('image/')) use.classifyFile(file);
    else session.open(file, ...further);
  };
  usePastedFiles(openAny);
  const dropping = useDroppedFiles(live, openAny);
  return (
    <div
      class={`rx-inspector not-content${dropping ? ' dropping' : ''}`}
      data-classifier
      data-state={use ? use.phase : STATES[state.phase]}
      data-backend={use?.panel.backend ?? 'webgl'}
      data-checkpoint={opened ? 'local' : ''}
    >
      <Opener
        live={live}
        state={state}
        onFile={(file, ...further) => {
          session.open(file, ...further);
        }}
        onCancel={() => {
          session.cancel();
        }}
      />
      <Sources
        {...{ live, base, demonstration }}
        hub={hub.replace(/\/$/, '')}
        onFile={(file) => {
          session.open(file);
        }}
      />
      {opened && (
        // Everything below belongs to the file: another one starts afresh.
        <div class="opened" key={`${opened.file.name} ${opened.file.lastModified}`}>
          <Summary report={opened.report} />
          {parts > 0 && <Shape base={base} report={opened.report} />}
          {parts > 1 && use && <TrialPanel {...{ base, protocols, use }} report={opened.report} />}
          {parts > 1 && use && (
            <Downloads file={opened.file} report={opened.report} settings={use.settings} />
          )}
          {parts > 1 && use && (
            <Comparison file={opened.file} channelOrder={use.settings.channelOrder} />
          )}
          {parts > 2 && (
            <Tensors tensors={opened.report.tensors} total={opened.report.tensorCount} />
          )}
        </div>
      )}
    </div>
  );
}

/** An open file whose network does not run is an error, too; one that runs has states of its own. */
const STATES = { idle: 'idle', reading: 'loading', failed: 'error', open: 'error' } as const;

const PARTS = 3;

/** How many of the large parts are shown: one more a task, so that none keeps the page waiting. */
function useGradually(what: object | null): number {
  const [shown, setShown] = useState<{ what: object | null; parts: number }>({ what, parts: 0 });
  const parts = shown.what === what ? shown.parts : 0;
  useEffect(() => {
    if (!what || parts >= PARTS) return undefined;
    const timer = setTimeout(() => {
      setShown({ what, parts: parts + 1 });
    });
    return () => {
      clearTimeout(timer);
    };
  }, [what, parts]);
  return parts;
}
