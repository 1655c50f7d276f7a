/** What the file is: where from, which network, and what does not fit. */
import { formatCount, formatInteger, plural } from '../../charts/shared/format.ts';
import type { Container } from '../../checkpoints/index.ts';
import type { CheckpointProblem, FileReport } from '../../checkpoints/report.ts';
import { TORCHVISION_400MF } from '../../regnet/index.ts';
import { findModel } from '../../zoo/models.ts';
import { shapeText } from './rows.ts';
import { scroller } from '../../charts/shared/scroller.ts';

const CONTAINERS: Readonly<Record<Container, string>> = {
  'pytorch-zip': 'PyTorch zip (since 1.6)',
  'pytorch-legacy': 'PyTorch legacy (before 1.6)',
  safetensors: 'safetensors',
};

export function Summary({ report }: { readonly report: FileReport }) {
  const { problem } = report;
  return (
    <section class="summary" aria-labelledby="what">
      <h2 id="what">{titleOf(report)}</h2>
      <Facts report={report} />
      <Beside {...report} />
      {problem && problem.mismatches.length > 0 && <Mismatches problem={problem} />}
    </section>
  );
}

/** What to call the network: a variant, somebody's variant of a variant, or none. */
export function titleOf({ network, problem }: FileReport): string {
  if (problem?.code === 'squeeze-excitation') return 'A RegNetY';
  if (!network || problem) return 'Not a whole RegNetX';
  if (network.variant === null) return 'A RegNetX outside of the family';
  if (network.variant === TORCHVISION_400MF.id) return 'RegNetX-400MF, torchvision’s';
  return findModel(network.variant)?.name ?? network.variant;
}

function Facts({ report }: { readonly report: FileReport }) {
  const { container, wrapper, taken, scheme, network, tensors, description, clues } = report;
  const types = [...new Set(tensors.map(({ dtype }) => dtype))].join(', ');
  const nonFinite = tensors.reduce((sum, tensor) => sum + tensor.nonFinite, 0);
  const facts: readonly (readonly [term: string, text: string, note?: string | undefined])[] = [
    ['container', CONTAINERS[container]],
    ['weights under', wrapper.length > 0 ? wrapper.join(' › ') : 'the top level'],
    ['names as in', scheme?.label ?? 'no known code base', withoutText(taken)],
    ['channels', report.channelOrder, orderNote(report)],
    ['tensors', formatInteger(report.tensorCount), types],
    ...(network
      ? [
          ['classes', formatInteger(network.classes), namedText(clues)] as const,
          ['parameters', formatCount(network.params)] as const,
        ]
      : []),
    ...(description ? [['describes itself as', description.id] as const] : []),
  ];
  return (
    <>
      <dl class="facts-list">
        {facts.map(([term, text, note]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              {text} {note !== undefined && <span class="small">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {nonFinite > 0 && (
        <p class="bad">
          {plural(nonFinite, 'value')} {nonFinite === 1 ? 'is' : 'are'} no finite number: the file
          is damaged or its training diverged, and it will not run.
        </p>
      )}
    </>
  );
}

function withoutText(taken: readonly string[]): string | undefined {
  return taken.length > 0 ? `without ${taken.join(', ')}` : undefined;
}

function orderNote({ channelOrder, channelOrderFrom, scheme }: FileReport): string | undefined {
  const notes = [
    ...(scheme && channelOrderFrom === 'custom' ? ['a guess from the names'] : []),
    ...(channelOrder === 'BGR' ? ['flipped to RGB here'] : []),
  ];
  return notes.length > 0 ? notes.join('; ') : undefined;
}

function namedText(clues: FileReport['clues']): string | undefined {
  return clues?.classNames ? `named in ${clues.classNames.from}` : undefined;
}

/** What the file holds besides the network that is shown. */
function Beside({ others, passedOver: { first, count } }: FileReport) {
  return (
    <>
      {others.length > 0 && (
        <p class="rx-note">
          The file holds {plural(others.length, 'further whole network')}, under{' '}
          <code>{others.slice(0, OTHERS_TOLD).join(', ')}</code>
          {others.length > OTHERS_TOLD && ' and elsewhere'}. Shown is the one that comes first, or
          under the better-known name.
        </p>
      )}
      {count > 0 && (
        <details class="beside-it">
          <summary>{plural(count, 'tensor')} beside the network passed over</summary>
          <p>
            <code>{first.join(', ')}</code>
            {count > first.length && ` and ${formatInteger(count - first.length)} more`}
          </p>
        </details>
      )}
    </>
  );
}

const OTHERS_TOLD = 3;

function Mismatches({ problem: { mismatches, misfits } }: { readonly problem: CheckpointProblem }) {
  const text = (shape: readonly number[] | null, none: string) =>
    shape === null ? none : shapeText(shape);
  return (
    <>
      <h3>What does not fit</h3>
      <div {...scroller('What does not fit', 'tall')}>
        <table class="rx-table">
          <thead>
            <tr>
              <th scope="col">tensor</th>
              <th scope="col">expected</th>
              <th scope="col">found</th>
            </tr>
          </thead>
          <tbody>
            {mismatches.map(({ name, expected, found }, i) => (
              <tr key={i}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{text(expected, 'no such tensor')}</td>
                <td>{text(found, 'missing')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {misfits > mismatches.length && (
        <p class="rx-note">
          The first {mismatches.length} of {formatInteger(misfits)}.
        </p>
      )}
    </>
  );
}
