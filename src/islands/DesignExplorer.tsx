import { useEffect, useReducer, useState } from 'preact/hooks';
import { DesignSpaceChart } from '../charts/design-space/DesignSpaceChart.tsx';
import { Controls } from '../charts/shared/Controls.tsx';
import type { Design } from '../regnet/index.ts';
import { designQuery, readDesignQuery } from '../zoo/design-query.ts';
import { modelOf, models, shortName } from '../zoo/models.ts';
import { CopyAs } from './design/CopyAs.tsx';
import { Costs, Verdict } from './design/Outcome.tsx';
import { ParameterControl, Symbol } from './design/ParameterControl.tsx';
import { PARAMETERS } from './design/parameters.ts';
import { explore, exploredAt, variantOf } from './design/state.ts';
import { useSelection } from './useLive.ts';

const DEFAULT = modelOf('regnetx_002').design;
/** While one drags, the table and the code wait this long for the end of it. */
const SETTLE_MS = 120;
/** Browsers refuse more than some hundred changes of the address in ten seconds. */
const ADDRESS_DELAY_MS = 200;

/** The design space, live: five parameters, the picture of what they make, its costs, its code. */
export default function DesignExplorer({ base }: { readonly base: string }) {
  const [explored, dispatch] = useReducer(explore, DEFAULT, exploredAt);
  const interaction = useSelection();
  const live = interaction !== undefined;
  const { network } = explored;
  useAddress(live, network.design, (design, notices) => {
    dispatch({ type: 'open', design, notices });
  });
  const settled = useSettled(network);
  const current = variantOf(network);
  return (
    <div class="rx-explorer not-content">
      <div class="rx-explorer-side">
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
          {PARAMETERS.map((parameter) => (
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
            <Symbol symbol={['b', '']} /> <span>bottleneck ratio</span> <b>1</b>
            <small>fixed in RegNetX</small>
          </p>
        </Controls>
        <Verdict explored={explored} />
        <Costs network={network} base={base} />
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

/** Opens what the address asks for, once, and keeps the address at the design once it is live. */
function useAddress(
  live: boolean,
  design: Design,
  open: (design: Design, notices: readonly string[]) => void,
): void {
  useEffect(() => {
    if (location.search === '') return;
    const { design: wanted, problems } = readDesignQuery(location.search, DEFAULT);
    open(wanted, problems);
  }, []);
  useEffect(() => {
    const query = designQuery(design);
    if (!live) return;
    if (query === designQuery(DEFAULT) && location.search === '') return;
    const timer = setTimeout(() => {
      history.replaceState(history.state, '', `${location.pathname}${query}${location.hash}`);
    }, ADDRESS_DELAY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [live, design]);
}
