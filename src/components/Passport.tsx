import type { ComponentChildren } from 'preact';
import type { Citation } from '../zoo/results.ts';
import { derivationOf } from '../zoo/derivation.ts';
import { findModel } from '../zoo/models.ts';

interface Props {
  readonly id: string;
  readonly citation: Citation;
  /** What the figure is, such as "top-1, d-li14". */
  readonly label: string;
}

/** The unit of a figure as it stands after the number; nothing for plain counts. */
export function unitOf({ figure }: Citation): string {
  return figure.unit === '1' ? '' : ` ${figure.unit}`;
}

/**
 * A published figure's source, address, commit, date, protocol and licence: a plain HTML popover,
 * opened by the button that names its id.
 */
export function Passport({ id, citation, label }: Props) {
  const { figure, source, protocol, url, timed } = citation;
  const derived = derivationOf(citation);
  return (
    <span id={id} popover="auto" class="passport" data-pagefind-ignore>
      <strong>{`${figure.printed ?? figure.value}${unitOf(citation)}`}</strong> {label}
      {derived && <Row name={derived.of}>{derived.words}</Row>}
      <Row name="Variant">{findModel(figure.model)?.name ?? figure.model}</Row>
      <Row name="Source">
        <a href={url}>{source.title}</a>
      </Row>
      <Row name="Weights">{figure.checkpoint}</Row>
      <Row name={source.commit ? 'Commit' : 'Version'}>
        <code>{source.commit?.slice(0, 10) ?? source.version}</code>
      </Row>
      <Row name="Published">{source.date}</Row>
      <Row name="Read">{source.recorded}</Row>
      {figure.deviation !== undefined && (
        <Row name="Deviation">{`±${figure.deviation}${unitOf(citation)} over the trainings`}</Row>
      )}
      {timed && <Setup {...timed} />}
      <Row name="Protocol">{protocol?.summary}</Row>
      <Row name="Recipe">{figure.recipe && <a href={figure.recipe}>training recipe</a>}</Row>
      <Row name="Note">{figure.note}</Row>
      <Row name="Licence">{source.licence}</Row>
    </span>
  );
}

function Setup({ setup, batch }: NonNullable<Citation['timed']>) {
  const { device, processor, precision, layout, software } = setup;
  return (
    <>
      <Row name="Device">{processor ? `${device}, ${processor}` : device}</Row>
      <Row name="Batch">{batch}</Row>
      <Row name="Precision">{layout ? `${precision}, ${layout}` : precision}</Row>
      <Row name="Software">{software}</Row>
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
