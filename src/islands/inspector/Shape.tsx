/** The network that the tensors describe, as a table and as the chart of every variant's page. */
import { useMemo } from 'preact/hooks';
import { formatInteger } from '../../charts/shared/format.ts';
import { stageClass } from '../../charts/shared/svg.ts';
import { StageWidthsChart } from '../../charts/stage-widths/StageWidthsChart.tsx';
import type { FileReport, NetworkReport } from '../../checkpoints/report.ts';
import { designQuery } from '../../zoo/design-query.ts';
import { designText, networkOf, type Design, type Stage } from '../../regnet/index.ts';
import { useModules } from '../useModules.ts';
import { titleOf } from './Summary.tsx';
import { scroller } from '../../charts/shared/scroller.ts';

interface ShapeProps {
  /** The site's base path, ending in a slash. */
  readonly base: string;
  readonly report: FileReport;
}

export function Shape({ base, report }: ShapeProps) {
  const { network } = report;
  if (!network) return null;
  const { stages, design } = network;
  return (
    <div class="shape">
      <div>
        <h3>Stages</h3>
        <StageTable stages={stages} />
        <p class="rx-note">
          {ruleText(network)}{' '}
          {design && (
            <a href={`${base}design/${designQuery(design)}`}>See it in the design space.</a>
          )}
        </p>
      </div>
      {design && <Widths name={titleOf(report)} design={design} classes={network.classes} />}
    </div>
  );
}

/** No design has more than a handful; a file may say anything. */
const MOST_STAGES = 16;

const STAGE_COLUMNS = [
  ['blocks', (stage: Stage) => stage.depth],
  ['width', (stage: Stage) => stage.width],
  ['groups', (stage: Stage) => stage.groups],
  ['group width', (stage: Stage) => stage.groupWidth],
] as const;

function StageTable({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <div {...scroller('Stages')}>
      <table class="rx-table">
        <thead>
          <tr>
            <th scope="col">stage</th>
            {STAGE_COLUMNS.map(([title]) => (
              <th key={title} scope="col" class="num">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stages.slice(0, MOST_STAGES).map((stage, i) => (
            <tr key={i}>
              <th scope="row">
                <span class={`swatch ${stageClass(i + 1)}`} /> {i + 1}
              </th>
              {STAGE_COLUMNS.map(([title, count]) => (
                <td key={title} class="num">
                  {formatInteger(count(stage))}
                </td>
              ))}
            </tr>
          ))}
          {stages.length > MOST_STAGES && (
            <tr>
              <td colSpan={1 + STAGE_COLUMNS.length}>
                and {formatInteger(stages.length - MOST_STAGES)} more
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Widths({
  name,
  design,
  classes,
}: {
  readonly name: string;
  readonly design: Design;
  readonly classes: number;
}) {
  const network = useMemo(() => networkOf(design, undefined, classes), [design, classes]);
  return <StageWidthsChart name={name} network={network} choice={useModules()} />;
}

function ruleText({ design, inferred }: NetworkReport): string {
  if (!design)
    return 'No linear rule of the design space makes these stages, so there is none to draw.';
  const parameters = designText(design);
  return inferred
    ? `A linear rule that makes these stages, found from them (others do as well): ${parameters}.`
    : `The design parameters of the paper: ${parameters}.`;
}
