import { useEffect, useReducer, useState } from 'preact/hooks';
import { DesignSpaceChart } from '../charts/design-space/DesignSpaceChart.tsx';
import { RulePicture } from '../charts/rule/View.tsx';
import { Controls } from '../charts/shared/Controls.tsx';
import { MAX_DEPTH } from '../regnet/index.ts';
import { DESIGN_PARAMETERS, designQuery, readDesignQuery } from '../zoo/design-query.ts';
import { modelOf, models, shortName } from '../zoo/models.ts';
import { CopyAs } from './design/CopyAs.tsx';
import { DeviceTime } from './design/DeviceTime.tsx';
import { Costs, Verdict } from './design/Outcome.tsx';
import { ParameterControl, Symbol } from './design/ParameterControl.tsx';
import { OFFERED } from './design/parameters.ts';
import { explore, exploredAt, variantOf } from './design/state.ts';
import { parametersOf, useAddress } from './address.ts';
import { useKept, useSelection } from './useLive.ts';

const DEFAULT = modelOf('regnetx_002').design;
/** Blocks by their number j, as the address names the one that is kept. */
const BLOCKS = Array.from({ length: MAX_DEPTH }, (_, j) => String(j));
/** While one drags, the table and the code wait this long for the end of it. */
const SETTLE_MS = 120;
/** The staircase that stays in view on a phone. */
const SMALL = { width: 344, height: 84 };

/** The design space, live: five parameters, the picture of what they make, its costs, its code. */
export default function DesignExplorer({ base }: { readonly base: string }) {
  const [explored, dispatch] = useReducer(explore, DEFAULT, exploredAt);
  const interaction = useSelection();
  const live = interaction !== undefined;
  const { network } = explored;
  useEffect(() => {
    if (location.search === '') return;
    const { design, problems } = readDesignQuery(location.search, DEFAULT);
    dispatch({ type: 'open', design, notices: problems });
  }, []);
  const query = designQuery(network.design);
  const untouched = query === designQuery(DEFAULT);
  useAddress(parametersOf(untouched ? '' : query, DESIGN_PARAMETERS), live);
  useKept('block', interaction, BLOCKS);
  const settled = useSettled(network);
  const current = variantOf(network);
  return (
    <div class="rx-explorer not-content">
      <div class="rx-explorer-side">
        <div class="rx-explorer-small">
          <RulePicture network={network} size={SMALL} label={null} />
        </div>
        <Controls
          live={live}
          label="Design parameters"
          fallback="The picture shows RegNetX-200MF: d = 13, w0 = 24, wa = 36.44, wm = 2.49, g = 8. Other designs need JavaScript."
        >
          <fieldset class="rx-presets">
            <legend>Start from one of the twelve</legend>
            {models.map((model) => (
              <button
                key={model.id}
                type="button"
                aria-pressed={model.id === current?.id}
                onClick={() => {
                  dispatch({ type: 'open', design: model.design });
                }}
              >
                {shortName(model)}
              </button>
            ))}
          </fieldset>
          {OFFERED.map((parameter) => (
            <ParameterControl
              key={parameter.key}
              parameter={parameter}
              explored={explored}
              onChange={(text) => {
                dispatch({ type: 'edit', parameter: parameter.key, text });
              }}
            />
          ))}
          <p class="rx-fixed">
            <Symbol symbol="b" /> <span>bottleneck ratio</span> <b>1</b>
            <small>fixed in RegNetX</small>
          </p>
        </Controls>
        <Verdict explored={explored} />
        <Costs network={network} base={base} />
        <DeviceTime network={network} base={base} />
      </div>
      <div class="rx-explorer-main">
        <DesignSpaceChart {...{ network, settled, interaction }} />
        <CopyAs design={settled.design} live={live} />
      </div>
    </div>
  );
}

/** A value once it has rested for a moment. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}
