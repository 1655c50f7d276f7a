import { Cited } from '../charts/shared/Cited.tsx';
import type { Citation } from '../zoo/results.ts';
import { Passport, unitOf } from './Passport.tsx';

interface Props {
  readonly citation: Citation;
  /** The figure as shown; its value and unit by default. */
  readonly text?: string;
  /** What the figure is, such as "top-1, d-li14". */
  readonly label: string;
}

/** Passports written so far in this build: two on one page must not share an id. */
let passports = 0;

/**
 * A published figure with its passport behind it. It works without JavaScript and is rendered at
 * build time only; islands show <Cited>, and their page has <Passports>.
 */
export function Sourced({ citation, text, label }: Props) {
  const id = `source-${++passports}`;
  const shown = text ?? `${citation.figure.value}${unitOf(citation)}`;
  return (
    <>
      <Cited citation={citation} text={shown} label={label} passport={id} />
      <Passport id={id} citation={citation} label={label} />
    </>
  );
}
