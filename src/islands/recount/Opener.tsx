/** Where pictures come in, and how far counting them is. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { formatInteger, formatRate, plural } from '../../charts/shared/format.ts';
import { timeLeft } from '../classifier/words.ts';
import type { RecountState } from './state.ts';

interface Props {
  readonly live: boolean;
  readonly state: RecountState;
  /** Whether pictures were chosen in this visit. */
  readonly given: boolean;
  readonly onPictures: (files: readonly File[]) => void;
  readonly onTruth: (files: readonly File[]) => void;
  readonly onPause: () => void;
  readonly onResume: () => void;
  readonly onAnew: () => void;
  readonly children: ComponentChildren;
}

export function Opener({ live, state, given, children, ...on }: Props) {
  const { phase, problem, pictures, first } = state;
  return (
    <fieldset class="opener" disabled={!live}>
      <legend class="sr-only">Choose pictures and weights</legend>
      {children}
      <p class="row">
        <Files
          label="Choose pictures or an archive"
          marker="data-pictures-input"
          lead
          onFiles={on.onPictures}
        />
        <Files label="Choose a folder" marker="data-folder-input" folder onFiles={on.onPictures} />
        <Files label="Add a list of truths" marker="data-truth-input" onFiles={on.onTruth} />
        <span>or drop them here</span>
      </p>
      <div class="news">
        {/* One element for all news, so that it is told once. */}
        <p role="status">{statusOf(state)}</p>
        {phase === 'running' && <Pace state={state} />}
        {problem !== null && (
          <p role="alert" class="problem">
            {problem}
          </p>
        )}
        {given && (
          <p class="row">
            {phase === 'running' && (
              <button type="button" data-pause onClick={on.onPause}>
                Pause
              </button>
            )}
            {(phase === 'paused' || phase === 'error') && (
              <button type="button" data-resume onClick={on.onResume}>
                {phase === 'paused' ? 'Go on' : 'Try again'}
              </button>
            )}
            {pictures !== null && first?.progress && phase !== 'running' && (
              <button type="button" onClick={on.onAnew}>
                Count all anew
              </button>
            )}
          </p>
        )}
      </div>
      <noscript>Counting needs JavaScript; what is said below does not.</noscript>
    </fieldset>
  );
}

function statusOf({ phase, doing, kept, pictures }: RecountState): string {
  if (phase !== 'idle') return doing;
  const open = kept.find(({ count, total }) => count < total);
  if (open && pictures === null)
    return `${formatInteger(open.count)} of ${plural(open.total, 'picture')} in ${open.pictures} were counted with ${open.weights} on this device. Choose the same pictures and weights, and it goes on there.`;
  return 'Folders named by WordNet id or class say what their pictures show; else add a list. Nothing is uploaded.';
}

function Pace({ state }: { readonly state: RecountState }) {
  const { pace } = state;
  const progress = (state.second?.progress ?? state.first?.progress)?.report;
  if (!progress) return null;
  const { counts, total } = progress;
  const facts = [
    `${formatInteger(counts.count)} of ${plural(total, 'picture')}`,
    pace?.perSecond ? `${formatRate(pace.perSecond)} a second` : '',
    timeLeft(pace?.secondsLeft ?? null),
    pace && pace.batch > 1 ? `${pace.batch} a pass` : '',
  ].filter((fact) => fact !== '');
  return (
    <label class="reading">
      <span>{facts.join(', ')}</span>
      <progress max={total} value={counts.count} />
    </label>
  );
}

interface FilesProps {
  readonly label: string;
  readonly marker: 'data-pictures-input' | 'data-folder-input' | 'data-truth-input';
  readonly folder?: boolean;
  /** Whether it is what a visitor does first. */
  readonly lead?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** An input of several files that looks like a button; files chosen before hydration count as well. */
function Files({ label, marker, folder = false, lead = false, onFiles }: FilesProps) {
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    const files = [...(input.current?.files ?? [])];
    if (!input.current || files.length === 0) return;
    // The same files chosen again are a change again.
    input.current.value = '';
    onFiles(files);
  };
  useEffect(take, []);
  return (
    <label class={lead ? 'file lead' : 'file'}>
      <input
        ref={input}
        type="file"
        multiple
        class="sr-only"
        autocomplete="off"
        {...{ [marker]: true }}
        {...(folder && { webkitdirectory: true })}
        onChange={take}
      />
      {label}
    </label>
  );
}
