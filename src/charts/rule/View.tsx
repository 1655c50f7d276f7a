import type { Network } from '../../regnet/index.ts';
import { ruleGeometry } from './geometry.ts';

/**
 * What a RegNet is, in one picture: a line, the staircase that it is rounded to, and the network. It
 * moves once, by its style sheet alone, and stands complete where motion is not wanted.
 */
export function RulePicture({
  network,
  name,
}: {
  readonly network: Network;
  readonly name: string;
}) {
  const { width, height, baseline, bars, line, staircase } = ruleGeometry(network);
  return (
    <svg
      class="rx-rule"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${name}: a straight line over ${bars.length} blocks, rounded to a staircase of ${network.stages.length} widths, the stages of the network.`}
    >
      {bars.map((bar, i) => (
        <rect
          key={bar.x}
          class="rx-rule-bar"
          style={`--i: ${i}`}
          x={bar.x}
          y={bar.y}
          width={bar.width}
          height={bar.height}
          fill={`var(--rx-stage-${bar.stage})`}
        />
      ))}
      <line class="rx-rule-ground" x1={0} x2={width} y1={baseline} y2={baseline} />
      <path class="rx-rule-stairs" d={staircase} pathLength={1} />
      <path class="rx-rule-line" d={line} pathLength={1} />
      {bars.map(({ at }, i) => (
        <circle key={at.x} class="rx-rule-dot" style={`--i: ${i}`} cx={at.x} cy={at.y} r={3} />
      ))}
    </svg>
  );
}
