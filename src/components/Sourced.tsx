import type { ComponentChildren } from 'preact';
import type { Citation } from '../zoo/results.ts';

interface Props {
  readonly citation: Citation;
  /** The figure as shown; its value and unit by default. */
  readonly text?: string;
  /** What the figure is, such as "top-1, ours". */
  readonly label: string;
}

/** Passports written so far in this build: two on one page must not share an id. */
let passports = 0;

/**
 * A published figure that opens its passport: source, address, commit, date, protocol, licence. A
 * plain HTML popover, so it works without JavaScript; rendered at build time only.
 */
export function Sourced({ citation, text, label }: Props) {
  const { figure, source, protocol, url } = citation;
  const unit = figure.unit === '1' ? '' : ` ${figure.unit}`;
  const shown = text ?? `${figure.value}${unit}`;
  const id = `source-${++passports}`;
  return (
    <>
      <button
        type="button"
        class="figure"
        popovertarget={id}
        aria-label={`${shown}, ${label}: show the source`}
      >
        {shown}
      </button>
      <span id={id} popover="auto" class="passport">
        <strong>{`${figure.printed ?? figure.value}${unit}`}</strong> {label}
        <Row name="Source">
          <a href={url}>{source.title}</a>
        </Row>
        <Row name="Weights">{figure.checkpoint}</Row>
        <Row name={source.commit ? 'Commit' : 'Version'}>
          <code>{source.commit?.slice(0, 10) ?? source.version}</code>
        </Row>
        <Row name="Published">{source.date}</Row>
        <Row name="Read">{source.recorded}</Row>
        <Row name="Protocol">{protocol?.summary}</Row>
        <Row name="Recipe">{figure.recipe && <a href={figure.recipe}>training recipe</a>}</Row>
        <Row name="Note">{figure.note}</Row>
        <Row name="Licence">{source.licence}</Row>
      </span>
    </>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  if (children === undefined) return null;
  return (
    <span class="row">
      <i>{name}</i>
      <span>{children}</span>
    </span>
  );
}
