/** What the file is: where from, which network, and what does not fit. */
import { formatCount, formatInteger, plural } from '../../charts/shared/format.ts';
import type { Container, Mismatch } from '../../checkpoints/index.ts';
import type { FileReport } from '../../engine/inspect/report.ts';
import { findModel } from '../../zoo/models.ts';
import { shapeText } from './rows.ts';

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
      {problem && problem.mismatches.length > 0 && <Mismatches mismatches={problem.mismatches} />}
    </section>
  );
}

/** What to call the network: a variant, somebody's variant of a variant, or none. */
export function titleOf({ network, problem }: FileReport): string {
  if (problem?.code === 'squeeze-excitation') return 'A RegNetY';
  if (!network || problem) return 'Not a whole RegNetX';
  if (network.variant === null) return 'A RegNetX outside of the family';
  if (network.variant === 'regnetx_004_tv') return 'RegNetX-400MF, torchvision’s';
  return findModel(network.variant)?.name ?? network.variant;
}

function Facts({ report }: { readonly report: FileReport }) {
  const { container, wrapper, scheme, channelOrder, network, tensors, description } = report;
  const types = [...new Set(tensors.map(({ dtype }) => dtype))].join(', ');
  const nonFinite = tensors.reduce((sum, tensor) => sum + tensor.nonFinite, 0);
  const facts: readonly (readonly [term: string, text: string, note?: string | undefined])[] = [
    ['container', CONTAINERS[container]],
    ['weights under', wrapper.length > 0 ? wrapper.join(' › ') : 'the top level'],
    ['names as in', scheme?.label ?? 'no known code base'],
    ['channels', channelOrder, channelOrder === 'BGR' ? 'flipped to RGB here' : undefined],
    ['tensors', formatInteger(tensors.length), types],
    ...(network
      ? [
          ['classes', formatInteger(network.classes)] as const,
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

function Mismatches({ mismatches }: { readonly mismatches: readonly Mismatch[] }) {
  const text = (shape: readonly number[] | null, none: string) =>
    shape === null ? none : shapeText(shape);
  return (
    <>
      <h3 id="misfits">What does not fit</h3>
      <div class="scroll tall" tabIndex={0} role="group" aria-labelledby="misfits">
        <table class="rx-table">
          <thead>
            <tr>
              <th scope="col">tensor</th>
              <th scope="col">expected</th>
              <th scope="col">found</th>
            </tr>
          </thead>
          <tbody>
            {mismatches.map(({ name, expected, found }) => (
              <tr key={name}>
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
    </>
  );
}
