/** Which weights run, said plainly; and the way to others. */
import type { BundledCheckpoint } from '../../checkpoints/description.ts';
import type { ClassifierInfo } from '../../engine/types.ts';
import { FileButton } from './FileButton.tsx';
import type { PanelState } from './state.ts';
import { megabytes } from './words.ts';

/** Where somebody else's ImageNet-1k weights of the variant can be downloaded. */
export interface OfficialWeights {
  /** Whose, such as `timm`. */
  readonly label: string;
  readonly url: string;
  /** In words, such as `10.8 MB`. */
  readonly size?: string | undefined;
}

interface WeightsProps {
  readonly name: string;
  readonly state: PanelState;
  readonly shipped: BundledCheckpoint | null;
  readonly official: readonly OfficialWeights[];
  readonly onFile: (file: File) => void;
  readonly onShipped: () => void;
}

export function Weights({ name, state, shipped, official, onFile, onShipped }: WeightsProps) {
  const { checkpoint, info } = state;
  const own = checkpoint.kind === 'local';
  return (
    <div class="weights">
      {own && <OwnFile fileName={checkpoint.fileName} info={info} />}
      {!own && shipped && <Demonstration shipped={shipped} />}
      {!own && !shipped && (
        <p>
          <strong>No weights of {name} ship with this site yet.</strong> Download them from their
          publisher, then open the file here; it stays on your device, too.
        </p>
      )}
      {official.length > 0 && (
        <p>
          Official ImageNet-1k weights:{' '}
          {official.map(({ label, url, size }, i) => (
            <span key={url}>
              {i > 0 && ', '}
              <a href={url}>{label}</a>
              {size !== undefined && ` (${size})`}
            </span>
          ))}
          .
        </p>
      )}
      <p class="open">
        <FileButton label="Open a checkpoint" marker="data-checkpoint-input" onFile={onFile} />
        {own && shipped ? (
          <button type="button" onClick={onShipped}>
            Back to the demonstration
          </button>
        ) : (
          <span>of any RegNetX</span>
        )}
      </p>
    </div>
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
