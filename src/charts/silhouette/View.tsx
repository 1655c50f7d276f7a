import type { Stage } from '../../regnet/index.ts';
import { stageColour } from '../shared/svg.ts';
import { silhouette } from './geometry.ts';

const SIZE = { width: 150, height: 64 };

/** A network's outline, as an ornament beside its name; the numbers stand elsewhere. */
export function Silhouette({
  stages,
  slots,
}: {
  readonly stages: readonly Stage[];
  readonly slots: number;
}) {
  return (
    <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} aria-hidden="true" focusable="false">
      <g>
        {silhouette(stages, SIZE, slots).map(({ stage, ...bar }) => (
          <rect key={bar.x} {...bar} fill={stageColour(stage)} />
        ))}
      </g>
    </svg>
  );
}
