/** Something to try: the file that ships with the site, or one from the Hugging Face hub. */
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { formatBytes } from '../../charts/shared/format.ts';
import type { HubEntry } from '../../weights/hub/listing.ts';
import { messageOf } from '../messageOf.ts';
import { fetchDemonstration, findFiles, takeFile } from './session.ts';
import { reduceSources, type SourcesState } from './sources-state.ts';
import { ENDINGS } from '../../zoo/endings.ts';

/** The file that ships with the site. */
export interface Demonstration {
  /** Its path below the site's base. */
  readonly url: string;
  readonly bytes: number;
  /** The network and what it was trained on, in words. */
  readonly what: string;
}

interface Props {
  readonly live: boolean;
  readonly base: string;
  /** The hub's address. */
  readonly hub: string;
  readonly demonstration: Demonstration | null;
  readonly onFile: (file: File) => void;
}

const EXAMPLE = `hf:timm/regnetx_002${ENDINGS.pyclsInTimm}`;

export function Sources({ live, base, hub, demonstration, onFile }: Props) {
  const [state, dispatch] = useReducer(reduceSources, { phase: 'idle' } as SourcesState);
  const [address, setAddress] = useState('');
  const controller = useRef(new AbortController());
  useEffect(
    () => () => {
      controller.current.abort();
    },
    [],
  );
  /** Does one thing at a time; what it is about stands in the status. */
  const run = async (what: string, work: (signal: AbortSignal) => Promise<void>) => {
    controller.current.abort();
    const { signal } = (controller.current = new AbortController());
    dispatch({ type: 'began', what });
    try {
      await work(signal);
    } catch (error) {
      if (!signal.aborted) dispatch({ type: 'failed', message: messageOf(error) });
    }
  };
  const take = (file: HubEntry, whole: boolean) =>
    run(`Reading ${file.path} of ${file.repository}`, async (signal) => {
      const taken = await takeFile(file, whole, signal, (arrived) => {
        if (!signal.aborted) dispatch({ type: 'progressed', arrived });
      });
      if ('ask' in taken) {
        dispatch({ type: 'asked', file, why: taken.ask });
        return;
      }
      const { received } = taken;
      dispatch({ type: 'took', file, received });
      onFile(new File([taken.blob], file.path.replace(/^.*\//, '')));
    });
  const find = () =>
    run('Looking it up', async (signal) => {
      const files = await findFiles(hub, address, signal);
      const [first, ...others] = files;
      if (first && others.length === 0) await take(first, false);
      else dispatch({ type: 'found', files });
    });
  const tryDemonstration = ({ url }: Demonstration) =>
    run('Fetching the demonstration file', async (signal) => {
      const file = await fetchDemonstration(`${base}${url}`, signal);
      dispatch({ type: 'closed' });
      onFile(file);
    });
  const stop = () => {
    controller.current.abort();
    dispatch({ type: 'closed' });
  };
  return (
    <fieldset class="sources" disabled={!live} data-sources={state.phase}>
      <legend>No file at hand?</legend>
      {demonstration && (
        <p>
          <button
            type="button"
            data-demonstration
            onClick={() => void tryDemonstration(demonstration)}
          >
            Try the demonstration file
          </button>{' '}
          <span>
            {demonstration.what}, {formatBytes(demonstration.bytes)}
          </span>
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <label>
          <span>Or a model on the Hugging Face hub</span>
          <input
            type="text"
            data-hub-input
            autocomplete="off"
            spellcheck={false}
            placeholder={EXAMPLE}
            value={address}
            onInput={(event) => {
              setAddress(event.currentTarget.value);
            }}
          />
        </label>
        <button type="submit">Read it</button>
      </form>
      <Answer state={state} onTake={(file, whole) => void take(file, whole)} onStop={stop} />
    </fieldset>
  );
}

interface AnswerProps {
  readonly state: SourcesState;
  readonly onTake: (file: HubEntry, whole: boolean) => void;
  readonly onStop: () => void;
}

function Answer({ state, onTake, onStop }: AnswerProps) {
  return (
    <div class="answer">
      <p class="said" role="status">
        {statusOf(state)}
      </p>
      {state.phase === 'busy' && (
        <p class="busy">
          {state.arrived && (
            <progress
              aria-label={state.what}
              max={state.arrived.total}
              value={state.arrived.received}
            />
          )}
          <button type="button" onClick={onStop}>
            Cancel
          </button>
        </p>
      )}
      {state.phase === 'choosing' && (
        <ul>
          {state.files.slice(0, MOST_CHOICES).map((file) => (
            <li key={file.path}>
              <button
                type="button"
                data-hub-file={file.path}
                onClick={() => {
                  onTake(file, false);
                }}
              >
                {file.path}
              </button>{' '}
              <span>{formatBytes(file.bytes)}</span>
            </li>
          ))}
        </ul>
      )}
      {state.phase === 'asking' && (
        <p>
          <button
            type="button"
            data-hub-whole
            onClick={() => {
              onTake(state.file, true);
            }}
          >
            Download all {formatBytes(state.file.bytes)}
          </button>{' '}
          <button type="button" onClick={onStop}>
            Leave it
          </button>
        </p>
      )}
      {state.phase === 'failed' && (
        <p role="alert" class="problem">
          {state.message}
        </p>
      )}
    </div>
  );
}

/** A repository with more is no place to look for one network. */
const MOST_CHOICES = 20;

function statusOf(state: SourcesState): string {
  switch (state.phase) {
    case 'busy':
      return `${state.what}.`;
    case 'choosing':
      return `There are ${state.files.length} files that may be meant; choose one.`;
    case 'asking':
      return `${state.why} Shall it be downloaded?`;
    case 'done': {
      const { file, received } = state;
      return received < file.bytes
        ? `Of ${formatBytes(file.bytes)}, ${formatBytes(received)} hold the weights and were read; what is beside them was left where it is.`
        : `${formatBytes(received)} were read.`;
    }
    default:
      return '';
  }
}
