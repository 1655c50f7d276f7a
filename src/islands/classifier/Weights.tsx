/** Which weights run, said plainly; and the way to others. */
import type { BundledCheckpoint } from '../../checkpoints/description.ts';
import type { ClassifierInfo } from '../../engine/types.ts';
import { FileButton } from './FileButton.tsx';
import { Kept } from './Kept.tsx';
import { Official } from './Official.tsx';
import type { OfficialWeights } from './official.ts';
import type { PanelState } from './state.ts';
import type { KeptOnDevice } from './useKept.ts';
import { megabytes } from './words.ts';

interface WeightsProps {
  readonly name: string;
  readonly state: PanelState;
  readonly shipped: BundledCheckpoint | null;
  readonly official: readonly OfficialWeights[];
  readonly kept: KeptOnDevice;
  readonly onFile: (file: File) => void;
  readonly onShipped: () => void;
  readonly onOfficial: (weights: OfficialWeights) => void;
}

export function Weights({
  name,
  state,
  shipped,
  official,
  kept,
  onFile,
  onShipped,
  onOfficial,
}: WeightsProps) {
  const { checkpoint, info } = state;
  const { kind } = checkpoint;
  const published = official.find(({ id }) => kind === 'official' && checkpoint.id === id);
  return (
    <div class="weights">
      {kind === 'local' && <OwnFile fileName={checkpoint.fileName} info={info} />}
      {published && <Published weights={published} state={state} />}
      {kind === 'shipped' && shipped && <Demonstration shipped={shipped} />}
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
      <Kept {...kept} />
    </div>
  );
}

function Published({ weights, state }: { weights: OfficialWeights; state: PanelState }) {
  const { preprocessing } = weights.meaning;
  const { resize, crop, interpolation } = preprocessing;
  return (
    <p>
      <strong>Official weights</strong> {weights.id}:{' '}
      {state.info && `${state.info.classes.toLocaleString('en')} classes; `}shorter side to {resize}{' '}
      px, {interpolation}, centre {crop} px.{state.notKept !== null && ` ${state.notKept}`}
    </p>
  );
}

function Demonstration({ shipped }: { shipped: BundledCheckpoint }) {
  const { bytes, classes, dataset, preprocessing, accuracy } = shipped;
  const measured = accuracy.find(({ resolution }) => resolution === preprocessing.crop);
  return (
    <p>
      <strong>A demonstration, not the ImageNet-1k network</strong> whose accuracy this page quotes:
      trained for this site on {dataset}. It tells {classes} classes apart at {preprocessing.crop}{' '}
      px
      {measured &&
        `; of ${measured.pictures.toLocaleString('en')} validation pictures it gets ${measured.top1.toFixed(1)}% right, ${measured.top5.toFixed(1)}% within its first five`}
      . {megabytes(bytes)} MB, loaded when you choose the first picture.
    </p>
  );
}

function OwnFile({ fileName, info }: { fileName: string; info: ClassifierInfo | null }) {
  if (!info)
    return (
      <p>
        <strong>Your file</strong> {fileName}
      </p>
    );
  const { variant, classes, labels, preprocessing, description } = info;
  const { resize, crop, interpolation, channelOrder } = preprocessing;
  return (
    <p>
      <strong>Your file</strong> {fileName}: {variant ?? 'a RegNetX outside of the family'},{' '}
      {classes.toLocaleString('en')} classes{' '}
      {labels === null ? 'without known names' : `named as in ${labels}`}.{' '}
      {description
        ? 'It describes its own preprocessing'
        : 'It does not describe its preprocessing; assumed is the usual'}
      : shorter side to {resize} px, {interpolation}, centre {crop} px, {channelOrder}.
    </p>
  );
}
