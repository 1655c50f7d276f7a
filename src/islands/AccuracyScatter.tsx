import { useState } from 'preact/hooks';
import { readingsOf, scatterTable } from '../charts/accuracy-scatter/facts.ts';
import { accuracyScatter, type Candidate } from '../charts/accuracy-scatter/geometry.ts';
import { ScatterDrawing } from '../charts/accuracy-scatter/View.tsx';
import { Choice, Controls } from '../charts/shared/Controls.tsx';
import { DataTable } from '../charts/shared/DataTable.tsx';
import { Layouts } from '../charts/shared/Drawing.tsx';
import { COST_NAMES } from '../charts/shared/format.ts';
import { Readout } from '../charts/shared/Readout.tsx';
import { active } from '../charts/shared/selection.ts';
import { COSTS, networkOf, type Cost } from '../regnet/index.ts';
import { accuracyOf } from '../zoo/accuracy.ts';
import { models, shortName } from '../zoo/models.ts';
import { useSelection } from './useLive.ts';

const candidates: readonly Candidate[] = models.map((model) => ({
  id: model.id,
  name: shortName(model),
  ...networkOf(model.design).complexity,
  ...accuracyOf(model.id),
}));

/** Accuracy against a cost of choice, with a way to each variant's page under `base`. */
export default function AccuracyScatter({ base }: { readonly base: string }) {
  const [cost, setCost] = useState<Cost>('flops');
  const interaction = useSelection();
  const index = interaction ? active(interaction.selection) : null;
  const chosen = index === null ? null : (candidates[index] ?? null);
  return (
    <figure class="rx-chart rx-accuracy-scatter not-content">
      <Controls
        live={interaction !== undefined}
        label="The cost to compare by"
        fallback="Accuracy against multiply-adds; the table below has parameters and activations."
      >
        <Choice
          legend="Cost"
          options={COSTS.map((value) => ({ value, label: COST_NAMES[value] }))}
          value={cost}
          onChange={setCost}
        />
      </Controls>
      <div class="rx-beside">
        <Layouts
          draw={(layout) => (
            <ScatterDrawing
              geometry={accuracyScatter(candidates, cost, layout)}
              cost={cost}
              interaction={interaction}
            />
          )}
        />
        <Readout
          heading={
            chosen ? (
              <a href={`${base}/models/${chosen.id}/`}>RegNetX-{chosen.name}</a>
            ) : (
              'All twelve'
            )
          }
          hint="Point at a variant; a click, tap or arrow key keeps it."
          live={interaction !== undefined}
          readings={readingsOf(candidates, chosen)}
        />
      </div>
      <DataTable {...scatterTable(candidates)} />
    </figure>
  );
}
