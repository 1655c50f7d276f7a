import type { BundledCheckpoint } from '../checkpoints/description.ts';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import '../styles/classifier.css';
import { obstacleTo } from './classifier/consider.ts';
import { doubtsAbout, savesData } from './classifier/doubts.ts';
import { Device } from './classifier/Device.tsx';
import { ChooseWeights, DemonstrationNotice } from './classifier/ChooseWeights.tsx';
import { Facts } from './classifier/Facts.tsx';
import { kindOf } from './classifier/fileKind.ts';
import { Doubts } from './classifier/Official.tsx';
import type { Picture } from './classifier/events.ts';
import type { OfficialWeights } from './classifier/official.ts';
import { Outcome } from './classifier/Outcome.tsx';
import { Pictures } from './classifier/Pictures.tsx';
import { samplePicture, samples, samplesFor } from './classifier/samples.ts';
import { createSession, panelBefore, type Session } from './classifier/session.ts';
import type { Protocol } from './classifier/settings.ts';
import { checkpointId } from './classifier/state.ts';
import { TimeButton, TimeOutcome } from './classifier/TimeHere.tsx';
import { wayOf, type WayId } from './classifier/ways.ts';
import { useKept } from './classifier/useKept.ts';
import { useTiming } from './classifier/useTiming.ts';
import { Weights } from './classifier/Weights.tsx';
import { announce } from './standing.ts';
import { useDroppedFiles, usePastedFiles } from './useFiles.ts';

export interface ClassifierProps {
  /** The site's base path. */
  readonly base: string;
  /** The variant's id. */
  readonly variant: string;
  /** The variant's display name, such as `RegNetX-200MF`. */
  readonly name: string;
  /** The checkpoint that ships for this variant, if any. */
  readonly checkpoint: BundledCheckpoint | null;
  /** Path of PyTorch's numbers for it, below the base, where they are stored. */
  readonly golden: string | null;
  readonly official: readonly OfficialWeights[];
  /** How pictures are prepared for published checkpoints. */
  readonly protocols: readonly Protocol[];
  /** Bytes that the variant takes while it runs, an estimate. */
  readonly memory: number;
}

/**
 * The live classifier of a variant's page. Nothing of the engine is loaded before somebody asks for
 * a prediction; the static HTML says what runs and where the picture stays.
 */
export function Classifier({
  base: givenBase,
  variant,
  name,
  checkpoint: shipped,
  golden,
  official,
  protocols,
  memory,
}: ClassifierProps) {
  const base = givenBase.endsWith('/') ? givenBase : `${givenBase}/`;
  const weights = useMemo(
    () =>
      shipped && {
        ...shipped,
        url: base + shipped.url,
        goldenUrl: golden === null ? undefined : base + golden,
      },
    [],
  );
  const [state, setState] = useState(() => panelBefore(weights));
  const session = useMemo(() => createSession({ base, shipped: weights, onPanel: setState }), []);
  const panel = useRef<HTMLElement>(null);
  const [hydrated, setHydrated] = useState(false);
  /** Official weights about which the visitor is asked first, and what speaks against them. */
  const [asked, ask] = useState<{ weights: OfficialWeights; doubts: string[] } | null>(null);
  /** The last that were asked for, in case the device answers late. */
  const considered = useRef<OfficialWeights | null>(null);
  const kept = useKept(base, state.phase);
  const timeHere = useTiming(variant, state.way);
  const { timing } = timeHere;
  // Whoever asks for a picture has seen the times.
  useEffect(() => {
    if (state.phase === 'loading' || state.phase === 'running') timeHere.close();
  }, [state.phase, state.subject]);
  const usable = state.checkpoint.kind !== 'none';
  /** No weights ship and none were opened: there is nothing to show yet. */
  const dormant = !usable && state.phase === 'idle';
  const classifyFile = (file: File) => {
    const load = () => Promise.resolve(file);
    session.send({ type: 'classify', picture: { name: file.name, load } });
  };
  const openCheckpoint = (file: File) => {
    session.send({ type: 'choose', file });
    session.send({ type: 'retry' });
  };
  const openAny = (file: File) => {
    void kindOf(file).then((kind) => {
      if (kind === 'checkpoint') openCheckpoint(file);
      else classifyFile(file);
    });
  };

  const compute = (id: WayId | null) => {
    session.send({ type: 'compute', way: wayOf(id) ?? null });
  };
  const runOfficial = (weights: OfficialWeights) => {
    considered.current = null;
    ask(null);
    const [sample] = samplesFor(IMAGENET);
    if (!sample) return;
    const otherwise = samplePicture(base, sample);
    session.send({ type: 'official', weights, otherwise });
  };
  const considerOfficial = async (weights: OfficialWeights) => {
    if (checkpointId(state.checkpoint) === weights.id) {
      runOfficial(weights);
      return;
    }
    considered.current = weights;
    const here = kept.files?.find(({ id }) => id === weights.id);
    const missing = here?.whole ? 0 : Math.max(1, weights.bytes - (here?.bytes ?? 0));
    const resolution = weights.meaning.preprocessing.crop;
    const obstacle = await obstacleTo(variant, { ...weights, resolution }, state.way);
    if (considered.current !== weights) return;
    const doubts = doubtsAbout(missing, { saveData: savesData(), obstacle });
    if (doubts.length === 0) runOfficial(weights);
    else ask({ weights, doubts });
  };
  const onOfficial = (weights: OfficialWeights) => {
    void considerOfficial(weights);
  };

  useEffect(() => {
    setHydrated(true);
    setState(session.panel);
    if (shipped) runAddressedSample(session, base);
    return () => {
      session.dispose();
    };
  }, []);
  useEffect(() => {
    const classify = (picture: Picture) => {
      session.send({ type: 'classify', picture });
    };
    const [sample] = samplesFor(shipped?.labels ?? null);
    const begin = () => {
      if (sample) classify(samplePicture(base, sample));
    };
    announce({ panel: usable ? { classify, begin } : null });
  }, [usable]);
  usePastedFiles(openAny);
  const dropping = useDroppedFiles(hydrated, openAny);

  return (
    <section
      class={`rx-classifier not-content${dropping ? ' dropping' : ''}`}
      aria-label="Live classifier"
      ref={panel}
      // On low screens the panel scrolls inside its own height, by keyboard too.
      tabIndex={0}
      data-classifier
      data-state={timing?.phase ?? state.phase}
      data-backend={timing?.time?.backend ?? timing?.way?.backend ?? state.backend}
      data-checkpoint={timing ? 'seeded' : checkpointId(state.checkpoint)}
    >
      <p class="promise">
        The network runs on your own device.{' '}
        <strong>
          {shipped ? 'Your picture never leaves' : 'Neither your file nor your picture leaves'} this
          page.
        </strong>
      </p>
      <fieldset class="choose-weights" disabled={!hydrated}>
        <legend class="sr-only">Choose whose weights run</legend>
        <ChooseWeights
          choice={state.checkpoint}
          shipped={shipped}
          official={official}
          onShipped={() => {
            session.send({ type: 'shipped' });
          }}
          onOfficial={onOfficial}
          onOwn={() => {
            panel.current?.querySelector<HTMLInputElement>('[data-checkpoint-input]')?.click();
          }}
        />
      </fieldset>
      <noscript>Classifying needs JavaScript; all else on this page does not.</noscript>
      {timing && <TimeOutcome name={name} use={timeHere} timing={timing} />}
      {!dormant && !timing && (
        <Outcome
          state={state}
          total={shipped?.bytes ?? 0}
          onRetry={() => {
            session.send({ type: 'retry' });
          }}
          onWay={compute}
          onCancel={() => {
            session.send({ type: 'cancel' });
          }}
          onMap={(index) => {
            announce({ asked: { index } });
          }}
        />
      )}
      {state.checkpoint.kind === 'shipped' && !timing && (
        <fieldset class="choose-weights" disabled={!hydrated}>
          <legend class="sr-only">What runs</legend>
          <DemonstrationNotice official={official} onOfficial={onOfficial} />
        </fieldset>
      )}
      {/* Before hydration nothing would answer. */}
      <fieldset disabled={!hydrated} hidden={!usable}>
        <legend class="sr-only">Choose a picture</legend>
        <Pictures
          base={base}
          labels={state.checkpoint.kind === 'official' ? IMAGENET : (shipped?.labels ?? null)}
          onSample={(sample) => {
            session.send({ type: 'classify', picture: samplePicture(base, sample) });
          }}
          onFile={classifyFile}
        />
      </fieldset>
      <fieldset disabled={!hydrated}>
        <legend class="sr-only">Choose the weights</legend>
        {asked && (
          <Doubts
            doubts={asked.doubts}
            onYes={() => {
              runOfficial(asked.weights);
            }}
            onNo={() => {
              ask(null);
            }}
          />
        )}
        <Weights
          base={base}
          variant={variant}
          name={name}
          protocols={protocols}
          state={state}
          shipped={shipped}
          official={official}
          kept={kept}
          onOfficial={onOfficial}
          onFile={openCheckpoint}
          onSettings={(settings) => {
            session.send({ type: 'adjust', settings });
          }}
          onShipped={() => {
            session.send({ type: 'shipped' });
          }}
        />
      </fieldset>
      {!dormant && !timing && <Facts state={state} />}
      <fieldset disabled={!hydrated}>
        <legend class="sr-only">Time the network</legend>
        <TimeButton name={name} bytes={memory} use={timeHere} />
      </fieldset>
      <fieldset disabled={!hydrated} hidden={dormant}>
        <legend class="sr-only">Choose how to compute</legend>
        <Device
          state={state}
          onWay={compute}
          onMeasureLayers={() => {
            session.send({ type: 'layers' });
          }}
        />
      </fieldset>
    </section>
  );
}

/** The class list of all official weights. */
const IMAGENET = 'imagenet-1k';

/** Runs the sample that the address names: `?image=<sample name>`. */
function runAddressedSample(session: Session, base: string): void {
  const name = new URLSearchParams(location.search).get('image');
  const sample = samples.find((s) => s.name === name);
  if (sample) session.send({ type: 'classify', picture: samplePicture(base, sample) });
}
