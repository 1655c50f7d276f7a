/** Where a checkpoint comes in, and how far reading it is. */
import { formatBytes, plural } from '../../charts/shared/format.ts';
import { FileButton } from '../classifier/FileButton.tsx';
import type { InspectorState } from './state.ts';

interface Props {
  readonly live: boolean;
  readonly state: InspectorState;
  readonly onFile: (file: File, ...further: File[]) => void;
  readonly onCancel: () => void;
}

export function Opener({ live, state, onFile, onCancel }: Props) {
  return (
    <fieldset class="opener" disabled={!live}>
      <legend class="sr-only">Choose a checkpoint</legend>
      <p class="invite">
        <FileButton
          label="Choose a checkpoint"
          marker="data-checkpoint-input"
          onFile={onFile}
          multiple
        />
        <span>or drop one here</span>
      </p>
      <div class="news">
        {state.phase === 'reading' && <Reading {...state} onCancel={onCancel} />}
        {/* One element for all news, so that it is told once. */}
        <p role="status" class={state.phase === 'reading' ? 'sr-only' : undefined}>
          {statusOf(state)}
        </p>
        <Problem state={state} />
      </div>
      <noscript>Opening a file needs JavaScript; what is said below does not.</noscript>
    </fieldset>
  );
}

type OfPhase<P extends InspectorState['phase']> = Extract<InspectorState, { phase: P }>;

function Reading({ file, progress, onCancel }: OfPhase<'reading'> & { onCancel: () => void }) {
  const { step, bytes } = progress ?? { step: 'reading', bytes: 0 };
  const verb = step === 'reading' ? 'Reading' : 'Measuring';
  return (
    <div class="reading">
      <label>
        <span>
          {verb} {file.name}: {formatBytes(bytes)} of {formatBytes(file.size)}
        </span>
        {/* Reading is half of the work, measuring the other; the tensors are nearly all of the file. */}
        <progress
          max={2 * file.size}
          value={Math.min(2 * file.size, step === 'reading' ? bytes : file.size + bytes)}
        />
      </label>
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}

function Problem({ state }: { readonly state: InspectorState }) {
  const message =
    state.phase === 'failed'
      ? state.message
      : state.phase === 'open'
        ? state.report.problem?.message
        : undefined;
  if (message === undefined) return null;
  return (
    <p role="alert" class="problem">
      {message}
    </p>
  );
}

function statusOf(state: InspectorState): string {
  switch (state.phase) {
    case 'idle':
      return 'PyTorch’s .pth, .pyth, .pt and .bin, or safetensors; the name does not matter. Nothing is uploaded.';
    case 'reading':
      return `Reading ${state.file.name}.`;
    case 'failed':
      return `${state.file.name} was not opened.`;
    case 'open':
      return `${state.file.name}, ${formatBytes(state.file.size)}, ${plural(state.report.tensorCount, 'tensor')}.`;
  }
}
