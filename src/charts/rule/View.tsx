import type { Network } from '../../regnet/index.ts';
import { stageColour } from '../shared/svg.ts';
import { ruleGeometry, type RuleSize } from './geometry.ts';

interface Props {
  readonly network: Network;
  readonly size: RuleSize;
  /** What it shows, for readers who cannot see it; null where a larger chart tells the same. */
  readonly label: string | null;
  /** Whether it is drawn before the reader's eyes, once. */
  readonly moving?: boolean;
}

/**
 * What a RegNet is, in one picture: a line, the staircase that it is rounded to, and the network. It
 * moves by its style sheet alone, and stands complete where motion is not wanted.
 */
export function RulePicture({ network, size, label, moving = false }: Props) {
  const { width, height, baseline, bars, line, staircase } = ruleGeometry(network, size);
  const told =
    label === null ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label };
  return (
    <svg
      class={moving ? 'rx-rule rx-moving' : 'rx-rule'}
      viewBox={`0 0 ${width} ${height}`}
      focusable="false"
      {...told}
    >
      {bars.map((bar, i) => (
        <rect
          key={i}
          class="rx-rule-bar"
          style={moving ? `--i: ${i}` : undefined}
          x={bar.x}
          y={bar.y}
          width={bar.width}
          height={bar.height}
          fill={stageColour(bar.stage)}
        />
      ))}
      <line class="rx-rule-ground" x1={0} x2={width} y1={baseline} y2={baseline} />
      <path class="rx-rule-stairs" d={staircase} pathLength={1} />
      <path class="rx-rule-line" d={line} pathLength={1} />
      {moving &&
        bars.map(({ at }, i) => (
          <circle key={i} class="rx-rule-dot" style={`--i: ${i}`} cx={at.x} cy={at.y} r={3} />
        ))}
    </svg>
  );
}
