import { useEffect, useMemo, useState } from 'preact/hooks';
import { FlopBreakdownChart } from '../charts/flop-breakdown/FlopBreakdownChart.tsx';
import {
  MODES,
  readShown,
  RESOLUTIONS,
  SHOWN,
  shownParameters,
  type Shown,
} from '../charts/flop-breakdown/query.ts';
import { Choice, Controls, Select } from '../charts/shared/Controls.tsx';
import { COST_LABELS } from '../charts/shared/units.ts';
import { COSTS, DEFAULT_RESOLUTION, networkOf, type Cost } from '../regnet/index.ts';
import { modelOf } from '../zoo/models.ts';
import { citation } from '../zoo/results.ts';
import { pycls } from '../zoo/sources.ts';
import { useAddress } from './address.ts';
import { useModules } from './useModules.ts';

const MODE_NAMES = { absolute: 'counts', share: 'shares' } as const;

/** Where a variant's costs go, at a chosen input resolution. */
export default function FlopBreakdown({ id }: { readonly id: string }) {
  const model = modelOf(id);
  const [shown, setShown] = useState(SHOWN);
  const { cost, mode, resolution } = shown;
  const change = (changed: Partial<Shown>) => {
    setShown((before) => ({ ...before, ...changed }));
  };
  const choice = useModules();
  useEffect(() => {
    setShown(readShown(location.search));
  }, []);
  useAddress(shownParameters(shown), choice !== undefined);
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
          onChange={(value) => {
            change({ cost: value });
          }}
        />
        <Choice
          legend="Numbers"
          options={MODES.map((value) => ({ value, label: MODE_NAMES[value] }))}
          value={mode}
          onChange={(value) => {
            change({ mode: value });
          }}
        />
        <Select
          legend="Input resolution"
          options={RESOLUTIONS.map((value) => ({ value, label: `${value} px` }))}
          value={resolution}
          onChange={(value) => {
            change({ resolution: value });
          }}
        />
      </Controls>
      <FlopBreakdownChart {...{ name: model.name, network, cost, mode, published, choice }} />
    </>
  );
}
