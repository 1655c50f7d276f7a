/** Which weights run, said plainly; and the way to others. */
import { formatInteger } from '../../charts/shared/format.ts';
import type { BundledCheckpoint } from '../../checkpoints/description.ts';
import { FileButton } from './FileButton.tsx';
import { Kept } from './Kept.tsx';
import { Official, OfficialOrigin } from './Official.tsx';
import type { OfficialWeights } from './official.ts';
import { OwnFile, OwnSettings } from './OwnFile.tsx';
import type { Protocol, Settings } from './settings.ts';
import type { PanelState } from './state.ts';
import type { KeptOnDevice } from './useKept.ts';
import { megabytes } from './words.ts';

interface WeightsProps {
  readonly base: string;
  readonly variant: string;
  readonly name: string;
  readonly state: PanelState;
  readonly shipped: BundledCheckpoint | null;
  readonly official: readonly OfficialWeights[];
  readonly kept: KeptOnDevice;
  readonly protocols: readonly Protocol[];
  /** Runs a file, or the current one with settings. */
  readonly onFile: (file: File) => void;
  readonly onSettings: (settings: Settings) => void;
  readonly onShipped: () => void;
  readonly onOfficial: (weights: OfficialWeights) => void;
}

export function Weights({
  base,
  variant,
  name,
  state,
  shipped,
  official,
  kept,
  protocols,
  onFile,
  onSettings,
  onShipped,
  onOfficial,
}: WeightsProps) {
  const { checkpoint } = state;
  const { kind } = checkpoint;
  const published = official.find(({ id }) => kind === 'official' && checkpoint.id === id);
  return (
    <div class="weights">
      {kind === 'local' && (
        <OwnFile
          key={checkpoint.fileName}
          base={base}
          variant={variant}
          checkpoint={checkpoint}
          info={state.info}
        />
      )}
      {published && (
        <p>
          <strong>Official weights</strong> {published.id}.
        </p>
      )}
      {kind === 'none' && (
        <p>
          <strong>No weights of {name} ship with this site yet.</strong>{' '}
          {official.length > 0 ? 'Run the official ones, or' : 'You can'} open a file of your own.
        </p>
      )}
      <Official
        weights={official}
        kept={kept.files}
        chosen={published?.id ?? null}
        onRun={onOfficial}
      />
      <p class="open">
        <FileButton label="Open a checkpoint" marker="data-checkpoint-input" onFile={onFile} />
        {kind !== 'shipped' && shipped ? (
          <button type="button" onClick={onShipped}>
            Back to the demonstration
          </button>
        ) : (
          <span>of any RegNetX</span>
        )}
      </p>
      {/* The choice first, and what there is to know of it below. */}
      {kind === 'local' && (
        <OwnSettings
          key={checkpoint.fileName}
          checkpoint={checkpoint}
          info={state.info}
          protocols={protocols}
          onSettings={onSettings}
        />
      )}
      {published && <Published weights={published} state={state} />}
      {kind === 'shipped' && shipped && <Demonstration shipped={shipped} />}
      <OfficialOrigin weights={official} />
      <Kept {...kept} />
    </div>
  );
}

function Published({ weights, state }: { weights: OfficialWeights; state: PanelState }) {
  const { preprocessing } = weights.meaning;
  const { resize, crop, interpolation } = preprocessing;
  return (
    <p>
      {state.info && `${formatInteger(state.info.classes)} classes. `}Shorter side to {resize} px,{' '}
      {interpolation}, centre {crop} px.{state.notKept !== null && ` ${state.notKept}`}
    </p>
  );
}

function Demonstration({ shipped }: { shipped: BundledCheckpoint }) {
  const { bytes, classes, dataset, preprocessing, accuracy } = shipped;
  const measured = accuracy.find(({ resolution }) => resolution === preprocessing.crop);
  return (
    <p>
      The demonstration was trained for this site on {dataset}. It tells {classes} classes apart at{' '}
      {preprocessing.crop} px
      {measured &&
        `; of ${formatInteger(measured.pictures)} validation pictures it gets ${measured.top1.toFixed(1)}% right, ${measured.top5.toFixed(1)}% within its first five`}
      . {megabytes(bytes)} MB, loaded when you choose the first picture.
    </p>
  );
}
