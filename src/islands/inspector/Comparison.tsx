/** The open file beside another one, layer by layer. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { CheckpointDiffChart } from '../../charts/checkpoint-diff/View.tsx';
import type { ChannelOrder, CheckpointDiff } from '../../checkpoints/index.ts';
import { FileButton } from '../classifier/FileButton.tsx';
import { messageOf } from '../messageOf.ts';
import { useSelection } from '../useLive.ts';
import { compareWith } from './session.ts';
import { scroller } from '../../charts/shared/scroller.ts';

interface Props {
  readonly file: File;
  /** What the open file's first convolution expects, as the visitor has it. */
  readonly channelOrder: ChannelOrder;
}

type State =
  | { readonly phase: 'idle' }
  | { readonly phase: 'comparing'; readonly other: File }
  | { readonly phase: 'failed'; readonly message: string }
  | { readonly phase: 'done'; readonly other: File; readonly diff: CheckpointDiff };

const VERDICTS = { equal: 'Equal.', close: 'Close.', different: 'Different.' } as const;

export function Comparison({ file, channelOrder }: Props) {
  const [state, setState] = useState<State>({ phase: 'idle' });
  const controller = useRef(new AbortController());
  useEffect(() => {
    // Another order of the channels is another network: what was said of it no longer holds.
    setState({ phase: 'idle' });
    return () => {
      controller.current.abort();
    };
  }, [channelOrder]);
  const compare = async (other: File) => {
    controller.current.abort();
    const { signal } = (controller.current = new AbortController());
    setState({ phase: 'comparing', other });
    try {
      const diff = await compareWith({ file, channelOrder }, other, signal);
      setState({ phase: 'done', other, diff });
    } catch (error) {
      if (!signal.aborted) setState({ phase: 'failed', message: messageOf(error) });
    }
  };
  return (
    <section class="comparison" aria-labelledby="compare" data-comparison={state.phase}>
      <h2 id="compare">Compare it with another file</h2>
      <p class="rx-note">
        Of any code base: layers are matched by timm’s names. Equal is every value the same; close
        is no tensor farther than a relative L2 of 0.01, as after rounding to half precision. As{' '}
        <code>regnetx diff</code> does.
      </p>
      <p class="invite">
        <FileButton
          label="Choose the other file"
          marker="data-compare-input"
          onFile={(other) => void compare(other)}
        />
        {state.phase === 'comparing' && (
          <button
            type="button"
            onClick={() => {
              controller.current.abort();
              setState({ phase: 'idle' });
            }}
          >
            Cancel
          </button>
        )}
      </p>
      <p class="said" role="status">
        {statusOf(state)}
      </p>
      {state.phase === 'failed' && (
        <p role="alert" class="problem">
          {state.message}
        </p>
      )}
      {state.phase === 'done' && <Result first={file} {...state} />}
    </section>
  );
}

function statusOf(state: State): string {
  if (state.phase === 'comparing') return `Comparing with ${state.other.name}.`;
  return state.phase === 'done' ? `Compared with ${state.other.name}: ${state.diff.verdict}.` : '';
}

interface ResultProps {
  readonly first: File;
  readonly other: File;
  readonly diff: CheckpointDiff;
}

function Result({ first, other, diff }: ResultProps) {
  const interaction = useSelection();
  return (
    <div data-verdict={diff.verdict}>
      <CheckpointDiffChart
        point={`${VERDICTS[diff.verdict]} ${diff.reason}`}
        layers={diff.layers}
        close={diff.close}
        interaction={interaction}
      />
      <h3>What they say of themselves</h3>
      <div {...scroller('Settings of both files', 'settings')}>
        <table class="rx-table">
          <thead>
            <tr>
              <th scope="col">setting</th>
              <th scope="col">{first.name}</th>
              <th scope="col">{other.name}</th>
            </tr>
          </thead>
          <tbody>
            {diff.settings.map(({ name, a, b, same }) => (
              <tr key={name} data-differs={same ? undefined : ''}>
                <th scope="row">{name}</th>
                <td>{a ?? '–'}</td>
                <td>{same ? 'the same' : (b ?? '–')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
