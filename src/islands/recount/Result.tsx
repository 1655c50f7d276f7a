/** What a recount came to, beside what was published. */
import { formatAccuracy, formatInteger, plural } from '../../charts/shared/format.ts';
import { scroller } from '../../charts/shared/scroller.ts';
import type { Judged } from '../../recount/browser/report.ts';
import type { Slot } from '../../recount/browser/service.ts';
import type { Interval } from '../../recount/statistics.ts';
import type { PublishedRow } from './choices.ts';
import type { SlotState } from './state.ts';

interface Props {
  readonly slot: Slot;
  readonly state: SlotState;
  /** Whether a second network stands beside it. */
  readonly paired: boolean;
  readonly onSave: (predictions: boolean) => void;
}

export function Result({ slot, state, paired, onSave }: Props) {
  const outcome = outcomeOf(state);
  if (!outcome || outcome.count === 0) return null;
  const { count, top1, top5, total } = outcome;
  // What scripts read is the first network's.
  const marks =
    slot === 'first'
      ? {
          first: { 'data-top1': top1 / count },
          five: { 'data-top5': top5 / count },
          all: { 'data-count': count },
        }
      : { first: {}, five: {}, all: {} };
  return (
    <section class="result" aria-labelledby={`result-${slot}`} data-result={slot}>
      <h2 id={`result-${slot}`}>{paired ? state.name : 'The accuracy here'}</h2>
      {!paired && <p class="rx-note">{state.name}</p>}
      <dl class="accuracies">
        <div>
          <dt>top-1</dt>
          <dd {...marks.first}>{formatAccuracy((100 * top1) / count)}</dd>
          <dd class="rx-hint">{between(outcome.interval1)}</dd>
        </div>
        <div>
          <dt>top-5</dt>
          <dd {...marks.five}>{formatAccuracy((100 * top5) / count)}</dd>
          <dd class="rx-hint">{between(outcome.interval5)}</dd>
        </div>
        <div>
          <dt>counted</dt>
          <dd {...marks.all}>{formatInteger(count)}</dd>
          <dd class="rx-hint">
            of {formatInteger(total)}; {formatInteger(top1)} and {formatInteger(top5)} right
          </dd>
        </div>
      </dl>
      <Verdicts rows={state.published} judged={state.progress?.report.judged ?? []} />
      <Notes state={state} />
      <p class="row">
        <button
          type="button"
          {...(slot === 'first' && { 'data-certificate': true })}
          onClick={() => {
            onSave(true);
          }}
        >
          Save the certificate
        </button>
        <button
          type="button"
          onClick={() => {
            onSave(false);
          }}
        >
          Without predictions
        </button>
      </p>
    </section>
  );
}

interface Outcome {
  readonly count: number;
  readonly total: number;
  readonly top1: number;
  readonly top5: number;
  readonly interval1: Interval | null;
  readonly interval5: Interval | null;
}

/** Of a recount made here, or of a certificate, which may be without predictions. */
function outcomeOf({ progress, certificate }: SlotState): Outcome | null {
  if (progress) {
    const { counts, total, top1: interval1, top5: interval5 } = progress.report;
    return { ...counts, total, interval1, interval5 };
  }
  if (!certificate) return null;
  const { count, top1, top5, pictures } = certificate;
  return { count, top1, top5, total: pictures.total, interval1: null, interval5: null };
}

function between(interval: Interval | null): string {
  if (!interval) return 'as the certificate says';
  const [low, high] = interval;
  return `95%: ${(100 * low).toFixed(2)} to ${formatAccuracy(100 * high)}`;
}

const VERDICTS = { agrees: 'agrees', differs: 'differs', early: 'too early to say' } as const;

function Verdicts({
  rows,
  judged,
}: {
  readonly rows: readonly PublishedRow[];
  readonly judged: readonly Judged[];
}) {
  if (rows.length === 0)
    return <p class="rx-note">Nothing is published of these weights that could be compared.</p>;
  return (
    <div {...scroller('Published figures and verdicts')}>
      <table class="rx-table">
        <thead>
          <tr>
            <th scope="col">published</th>
            <th scope="col">on</th>
            <th scope="col">figure</th>
            <th scope="col">verdict</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const found = judged.find(({ id }) => id === row.id);
            const decision = found?.decision ?? 'early';
            return (
              <tr key={row.id} data-verdict={decision} data-figure={row.id}>
                <th scope="row">
                  {row.url === null ? row.source : <a href={row.url}>{row.source}</a>}
                </th>
                <td>{row.dataset}</td>
                <td>
                  {row.metric === 'top1' ? 'top-1' : 'top-5'} {formatAccuracy(100 * row.share)}
                </td>
                <td>
                  <strong class={decision}>{VERDICTS[decision]}</strong>
                  {typeof found?.decidedAfter === 'number' &&
                    `, decided after ${plural(found.decidedAfter, 'picture')}`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** What is to know of the pictures, and which of them were not counted. */
function Notes({ state }: { readonly state: SlotState }) {
  const problems = state.progress?.problems ?? [];
  const notes = state.info?.notes ?? [];
  const counted = state.info?.counted ?? 0;
  return (
    <div class="notes">
      {counted > 0 && (
        <p>
          {counted === 1
            ? 'One of them was counted on an earlier occasion and is kept here.'
            : `${formatInteger(counted)} of them were counted on an earlier occasion and are kept here.`}
        </p>
      )}
      {state.notice !== null && <p data-notice>{state.notice}</p>}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {problems.map(({ kind, words, first }) => (
        <details key={kind} data-problem={kind}>
          <summary>{words}</summary>
          <ul>
            {first.map(({ path, reason }) => (
              <li key={path}>
                <code>{path}</code>: {reason}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}
