/** Which weights run: one choice, and what is to be known of it at once. */
import { useId } from 'preact/hooks';
import type { BundledCheckpoint } from '../../checkpoints/description.ts';
import { hostOf } from './Official.tsx';
import { authorsOf, type OfficialWeights } from './official.ts';
import type { CheckpointChoice } from './state.ts';

interface ChooseWeightsProps {
  readonly choice: CheckpointChoice;
  readonly shipped: BundledCheckpoint | null;
  readonly official: readonly OfficialWeights[];
  readonly onShipped: () => void;
  readonly onOfficial: (weights: OfficialWeights) => void;
  /** Asks for a file. */
  readonly onOwn: () => void;
}

/** What ships with the page, the authors' weights, or a file of one's own. */
export function ChooseWeights({
  choice,
  shipped,
  official: all,
  onShipped,
  onOfficial,
  onOwn,
}: ChooseWeightsProps) {
  const id = useId();
  const official = authorsOf(all);
  const chosen = choice.kind === 'local' ? 'own' : choice.kind;
  return (
    <p class="open">
      <label for={id}>Weights</label>
      <select
        id={id}
        data-weights={chosen}
        value={chosen}
        onChange={({ currentTarget }) => {
          const { value } = currentTarget;
          // What is shown follows what becomes of it: a file may not be chosen after all.
          currentTarget.value = chosen;
          if (value === 'shipped') onShipped();
          else if (value === 'own') onOwn();
          else if (official) onOfficial(official);
        }}
      >
        {chosen === 'none' && <option value="none">none yet</option>}
        {shipped && <option value="shipped">Demonstration, {shipped.classes} classes</option>}
        {official && <option value="official">Official, ImageNet-1k</option>}
        <option value="own">
          {choice.kind === 'local' ? choice.fileName : 'A file of your own …'}
        </option>
      </select>
    </p>
  );
}

/** That a demonstration runs, beside its answer, with the one click to the official network. */
export function DemonstrationNotice({
  official: all,
  onOfficial,
}: Pick<ChooseWeightsProps, 'official' | 'onOfficial'>) {
  const official = authorsOf(all);
  return (
    <p class="notice">
      <strong>A demonstration, not the ImageNet-1k network</strong> whose accuracy this page quotes.{' '}
      {official && (
        <>
          <button
            type="button"
            class="link"
            data-run-official
            onClick={() => {
              onOfficial(official);
            }}
          >
            Run that one
          </button>{' '}
          ({official.size}, {hostOf(official.url)}).
        </>
      )}
    </p>
  );
}
