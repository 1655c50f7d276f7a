import { useEffect, useState } from 'preact/hooks';
import { CompareWidthsChart } from '../charts/compare-widths/View.tsx';
import { Controls, Select } from '../charts/shared/Controls.tsx';
import { formatInteger } from '../charts/shared/format.ts';
import { stagesOf } from '../regnet/index.ts';
import {
  DEFAULT_COMPARED,
  FEWEST,
  ledBy,
  MOST,
  readCompareQuery,
  toggled,
} from '../zoo/compare-query.ts';
import { modelOf, models, shortName } from '../zoo/models.ts';
import { VALIDATION_PICTURES } from '../zoo/verdict.ts';
import { Designs } from './compare/Designs.tsx';
import { Figures } from './compare/Figures.tsx';
import { useAddress } from './address.ts';
import { useKept, useSelection } from './useLive.ts';

/** Stages as the address names the one that is kept. */
const STAGES = ['1', '2', '3', '4'];

/** Two to four variants side by side; the address says which. */
export default function Compare({ base }: { readonly base: string }) {
  const interaction = useSelection();
  const [ids, setIds] = useState<readonly string[]>(DEFAULT_COMPARED);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [touched, setTouched] = useState(false);
  useKept('stage', interaction, STAGES);
  useAddress({ models: ids.join(',') }, touched);
  useEffect(() => {
    const read = readCompareQuery(location.search);
    setIds(read.ids);
    setProblems(read.problems);
  }, []);
  const choose = (next: readonly string[]) => {
    setIds(next);
    setProblems([]);
    setTouched(true);
  };
  const limit = limitWords(ids.length);
  return (
    <div class="rx-compare not-content">
      <Controls
        live={interaction !== undefined}
        label="Variants"
        fallback="RegNetX-400MF and RegNetX-800MF stand here; other choices need JavaScript."
      >
        <fieldset class="rx-chips">
          <legend>
            Variants, {FEWEST} to {MOST}
          </legend>
          {models.map((model) => {
            const checked = ids.includes(model.id);
            return (
              <label key={model.id}>
                <input
                  type="checkbox"
                  checked={checked}
                  disabled={checked ? ids.length <= FEWEST : ids.length >= MOST}
                  onChange={() => {
                    choose(toggled(ids, model.id));
                  }}
                />
                <span>{shortName(model)}</span>
              </label>
            );
          })}
        </fieldset>
        <Select
          legend="Against"
          options={ids.map((id, value) => ({ value, label: modelOf(id).name }))}
          value={0}
          onChange={(index) => {
            const id = ids[index];
            if (id !== undefined) choose(ledBy(ids, id));
          }}
        />
        <p class="rx-limit rx-hint" role="status">
          {limit}
        </p>
      </Controls>
      <p class="rx-problems" role="status">
        {problems.join(' ')}
      </p>
      <section class="rx-worded" aria-labelledby="widths">
        <h2 id="widths">Stage widths, mirrored</h2>
        <p class="rx-note">
          One bar a block, as long as it has channels, all on one scale; a colour a stage. Labels
          are blocks × channels.
        </p>
        <CompareWidthsChart
          networks={ids.map((id) => ({
            name: modelOf(id).name,
            stages: stagesOf(modelOf(id).design),
          }))}
          interaction={interaction}
        />
      </section>
      <section class={ids.length === 2 ? 'rx-worded' : undefined} aria-labelledby="changes">
        <h2 id="changes">What changes in the design</h2>
        <Designs ids={ids} base={base} />
      </section>
      <section class="rx-worded" aria-labelledby="figures">
        <h2 id="figures">Costs and accuracies</h2>
        <p class="rx-note">
          Under each figure, how it compares with the first column. “Within chance” is inside the
          95% band for two accuracies measured on {formatInteger(VALIDATION_PICTURES)} pictures. A
          published figure opens its source.
        </p>
        <Figures ids={ids} base={base} />
      </section>
    </div>
  );
}

/** Why nothing more can be ticked, or nothing unticked; null where both can be. */
function limitWords(count: number): string | null {
  if (count >= MOST) return `No more than ${MOST} fit side by side: untick one to tick another.`;
  if (count <= FEWEST) return `A comparison needs ${FEWEST}: tick another before you untick one.`;
  return null;
}
