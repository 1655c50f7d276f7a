import type { ComponentChildren } from 'preact';
import type { Citation } from '../../zoo/results.ts';
import { Cited } from './Cited.tsx';
import { inUnit, type Text } from './units.ts';
import { Words } from './Words.tsx';

/** A figure with what it measures. */
export interface Reading {
  readonly term: Text;
  readonly value: Text;
  /** A second line in smaller type. */
  readonly note?: Text;
  /** Where the value was published: it then opens its passport. */
  readonly source?:
    | { readonly citation: Citation; readonly label: string }
    | { readonly passport: string; readonly label: string }
    | undefined;
}

interface ReadoutProps {
  readonly heading: ComponentChildren;
  /** How to choose a mark: its room is kept, but it is seen only once the chart is live. */
  readonly hint: string;
  readonly live: boolean;
  readonly readings: readonly Reading[];
  readonly children?: ComponentChildren;
}

/**
 * The figures of the chosen mark, or of the whole while none is chosen. Its size is the same for
 * every choice, so nothing moves; screen readers are told of each change.
 */
export function Readout({ heading, hint, live, readings, children }: ReadoutProps) {
  return (
    <div class="rx-readout" role="status" aria-live="polite">
      <p class="rx-readout-head">
        <strong>{heading}</strong>
        <span class={`rx-hint ${live ? '' : 'rx-waiting'}`}>{hint}</span>
      </p>
      <dl>
        {readings.map(({ term, value, note, source }) => (
          <div key={inUnit(term)}>
            <dt>
              <Words text={term} />
            </dt>
            <dd>{source ? <Cited {...source} text={inUnit(value)} /> : <Words text={value} />}</dd>
            {note !== undefined && (
              <dd class="rx-hint">
                <Words text={note} />
              </dd>
            )}
          </div>
        ))}
      </dl>
      {children}
    </div>
  );
}
