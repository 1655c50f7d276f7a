/** Official weights, one click each. */
import type { KeptWeights } from '../../weights/store.ts';
import { LARGE_BYTES } from './doubts.ts';
import type { OfficialWeights } from './official.ts';
import { gigabytes, megabytes } from './words.ts';

interface OfficialProps {
  readonly weights: readonly OfficialWeights[];
  readonly kept: readonly KeptWeights[] | null;
  /** The id of those that run or are on their way. */
  readonly chosen: string | null;
  readonly onRun: (weights: OfficialWeights) => void;
}

export function Official({ weights, kept, chosen, onRun }: OfficialProps) {
  if (weights.length === 0) return null;
  return (
    <div class="official">
      <ul aria-label="Official ImageNet-1k weights">
        {weights.map((w) => {
          const mine = kept?.find(({ id }) => id === w.id);
          return (
            <li key={w.id}>
              <button
                type="button"
                data-official={w.id}
                {...(w.id === chosen && { 'aria-current': true })}
                onClick={() => {
                  onRun(w);
                }}
              >
                {mine?.whole ? 'Run' : mine ? 'Go on and run' : 'Download and run'}
              </button>
              <span>
                <a href={w.url}>{w.label}</a> ({w.size}){mine && ', '}
                {mine && <em>{mine.whole ? 'kept' : `${megabytes(mine.bytes)} MB are here`}</em>}
                <small>
                  by {w.trainer}; {w.licence}
                  {w.bytes > LARGE_BYTES && `; takes about ${gigabytes(w.memory)} GB of memory`}
                </small>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Where they come from, and where they stay. */
export function OfficialOrigin({ weights: [first] }: Pick<OfficialProps, 'weights'>) {
  if (!first) return null;
  return (
    <p>
      <strong>Official ImageNet-1k weights</strong> run here in one click. They come from{' '}
      {hostOf(first.url)}, are checked, and stay on this device.
    </p>
  );
}

/** The host of an address; of one on this site, `this site`. */
export function hostOf(url: string): string {
  return /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? 'this site';
}

interface DoubtsProps {
  readonly doubts: readonly string[];
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before a download that the visitor may not want. */
export function Doubts({ doubts, onYes, onNo }: DoubtsProps) {
  return (
    <div
      class="doubts"
      role="alertdialog"
      aria-label="Before the download"
      aria-describedby="rx-doubts"
    >
      <p id="rx-doubts">{doubts.join(' ')}</p>
      <p class="open">
        <button type="button" data-confirm onClick={onYes}>
          Run all the same
        </button>
        <button type="button" autofocus onClick={onNo}>
          Not now
        </button>
      </p>
    </div>
  );
}
