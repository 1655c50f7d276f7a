/** Where pictures come in, and how far counting them is. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { formatInteger, formatRate, plural } from '../../charts/shared/format.ts';
import { timeLeft } from '../classifier/words.ts';
import { pickFolder, picksFolders } from './picking.ts';
import { unfinished, type RecountState } from './state.ts';
import type { KeptWay } from './ways.ts';

interface Props {
  readonly live: boolean;
  readonly state: RecountState;
  /** Whether pictures were chosen in this visit. */
  readonly given: boolean;
  /** What speaks against the weights that are chosen, in sentences. */
  readonly doubts: readonly string[];
  /** Counts in spite of the doubts. */
  readonly onAllTheSame: () => void;
  readonly onPictures: (files: readonly File[]) => void;
  readonly onFolder: (folder: FileSystemDirectoryHandle) => void;
  /** Goes on with a recount of an earlier visit. */
  readonly onWay: (way: KeptWay) => void;
  /** Told why a dialogue did not open. */
  readonly onProblem: (error: unknown) => void;
  readonly onTruth: (files: readonly File[]) => void;
  readonly onPause: () => void;
  readonly onResume: () => void;
  readonly onAnew: () => void;
  readonly children: ComponentChildren;
}

export function Opener({ live, state, given, doubts, children, ...on }: Props) {
  const { phase, problem, pictures, first } = state;
  const way = unfinished(state)?.way;
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
        <Files
          label="Choose a folder"
          marker="data-folder-input"
          folder
          onFiles={on.onPictures}
          onClick={(event) => {
            // By its own dialogue the browser gives a folder that can be read again later.
            if (!picksFolders()) return;
            event.preventDefault();
            pickFolder().then((folder) => {
              if (folder) on.onFolder(folder);
            }, on.onProblem);
          }}
        />
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
        {doubts.length > 0 && (
          <p class="row" data-doubts>
            <span role="status" class="problem">
              {doubts.join(' ')}
            </span>
            <button type="button" onClick={on.onAllTheSame}>
              Use these weights all the same
            </button>
          </p>
        )}
        {way && (
          <p class="row">
            <button
              type="button"
              data-go-on
              onClick={() => {
                on.onWay(way);
              }}
            >
              Go on with {way.folder.name}
            </button>
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

function statusOf(state: RecountState): string {
  if (state.phase !== 'idle') return state.doing;
  const { run: open, way } = unfinished(state) ?? {};
  if (open)
    return `${formatInteger(open.count)} of ${plural(open.total, 'picture')} in ${open.pictures} ${open.count === 1 ? 'was' : 'were'} counted with ${open.weights} on this device. ${
      way
        ? 'Going on wants your permission to read the folder again.'
        : 'Choose the same pictures and weights, and it goes on there.'
    }`;
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
  readonly onClick?: (event: MouseEvent) => void;
}

/** An input of several files that looks like a button; files chosen before hydration count as well. */
function Files({ label, marker, folder = false, lead = false, onFiles, onClick }: FilesProps) {
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
        onClick={onClick}
        onChange={take}
      />
      {label}
    </label>
  );
}
