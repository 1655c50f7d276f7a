import { useMemo, useState } from 'preact/hooks';
import { FlopBreakdownChart } from '../charts/flop-breakdown/FlopBreakdownChart.tsx';
import type { Mode } from '../charts/flop-breakdown/geometry.ts';
import { Choice, Controls, Select } from '../charts/shared/Controls.tsx';
import { COST_LABELS } from '../charts/shared/units.ts';
import { COSTS, DEFAULT_RESOLUTION, networkOf, type Cost } from '../regnet/index.ts';
import { modelOf } from '../zoo/models.ts';
import { citation } from '../zoo/results.ts';
import { pycls } from '../zoo/sources.ts';
import { useModules } from './useModules.ts';

const RESOLUTIONS = [96, 128, 160, 192, 224, 256, 288, 320, 384, 448];
const MODES = [
  { value: 'absolute', label: 'counts' },
  { value: 'share', label: 'shares' },
] as const;

/** Where a variant's costs go, at a chosen input resolution. */
export default function FlopBreakdown({ id }: { readonly id: string }) {
  const model = modelOf(id);
  const [cost, setCost] = useState<Cost>('flops');
  const [mode, setMode] = useState<Mode>('absolute');
  const [resolution, setResolution] = useState(DEFAULT_RESOLUTION);
  const choice = useModules();
  const network = useMemo(() => networkOf(model.design, resolution), [model, resolution]);
  const published = useMemo(() => {
    const count = (metric: Cost) => citation(pycls, id, metric).figure.value;
    return { flops: count('flops'), params: count('params'), acts: count('acts') };
  }, [id]);
  return (
    <>
      <Controls
        live={choice !== undefined}
        label="What the picture shows"
        fallback={`Multiply-adds at ${DEFAULT_RESOLUTION} px; the table below has parameters and activations. Other resolutions need JavaScript.`}
      >
        <Choice
          legend="Cost"
          options={COSTS.map((value) => ({ value, label: COST_LABELS[value] }))}
          value={cost}
          onChange={setCost}
        />
        <Choice legend="Numbers" options={MODES} value={mode} onChange={setMode} />
        <Select
          legend="Input resolution"
          options={RESOLUTIONS.map((value) => ({ value, label: `${value} px` }))}
          value={resolution}
          onChange={setResolution}
        />
      </Controls>
      <FlopBreakdownChart {...{ name: model.name, network, cost, mode, published, choice }} />
    </>
  );
}
