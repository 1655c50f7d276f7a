import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { answerWords } from '../charts/accuracy-scatter/answer.ts';
import { AXIS_WORDS, WEIGHTS_WORDS } from '../charts/accuracy-scatter/axes.ts';
import {
  answerOf,
  budgetOf,
  candidatesOf,
  otherCandidates,
  readingsOf,
  readingsOfOther,
  scatterTable,
} from '../charts/accuracy-scatter/facts.ts';
import { accuracyScatter } from '../charts/accuracy-scatter/geometry.ts';
import { ScatterDrawing, symbolPath } from '../charts/accuracy-scatter/View.tsx';
import { Cited } from '../charts/shared/Cited.tsx';
import { Choice, Controls } from '../charts/shared/Controls.tsx';
import { Layouts } from '../charts/shared/Drawing.tsx';
import { formatAccuracy } from '../charts/shared/format.ts';
import { Figure } from '../charts/shared/Figure.tsx';
import { Readout } from '../charts/shared/Readout.tsx';
import { active } from '../charts/shared/selection.ts';
import type { Layout } from '../charts/shared/svg.ts';
import { Words } from '../charts/shared/Words.tsx';
import { CHOICE_PARAMETERS, choiceQuery, readChoiceQuery, SCALES } from '../zoo/choice-query.ts';
import { allOptions, AXES, WEIGHTS } from '../zoo/choice.ts';
import { models } from '../zoo/models.ts';
import type { Other } from '../zoo/others.ts';
import type { Times } from '../zoo/times.ts';
import { parametersOf, useAddress } from './address.ts';
import { useKept, useLive, useSelection } from './useLive.ts';
import { BudgetControl } from './which/BudgetControl.tsx';
import { SecondAxis } from './which/SecondAxis.tsx';
import { ask, ASKED, sliderEnds } from './which/state.ts';

const SCALE_NAMES = { log: 'logarithmic', linear: 'linear' } as const;

interface Props {
  /** Where the site stands, without a slash at the end. */
  readonly base: string;
  readonly times: Times;
  /** Backbones of other families. */
  readonly others: readonly Other[];
}

/** Which one: accuracy against a cost of choice, the best within a budget named. Links lead under `base`. */
export default function AccuracyScatter({ base, times, others }: Props) {
  const [{ question, budgets, secondAxis, problems }, dispatch] = useReducer(ask, ASKED);
  const interaction = useSelection();
  const live = useLive();
  useEffect(() => {
    dispatch({ type: 'open', ...readChoiceQuery(location.search) });
  }, []);
  const query = choiceQuery(question);
  useAddress(parametersOf(query, CHOICE_PARAMETERS), live, query === '' ? undefined : '#which-one');
  const { axis, scale, weights, budget, second, lost } = question;
  const options = useMemo(() => allOptions(times), []);
  const candidates = useMemo(() => candidatesOf(options, question), [axis, weights, second, lost]);
  const grey = useMemo(() => otherCandidates(others, question), [axis, question.others]);
  const geometry = useMemo(() => {
    const draw = (layout: Layout) =>
      accuracyScatter(candidates, { layout, scale, tick: AXIS_WORDS[axis].tick }, grey);
    return { wide: draw('wide'), narrow: draw('narrow') };
  }, [candidates, grey, scale]);
  const names = useMemo(
    () => [...geometry.wide.clusters.map(({ id }) => id), ...grey.map(({ name }) => name)],
    [geometry],
  );
  useKept('mark', interaction, names);
  const answer = answerOf(candidates, question);
  const said = answerWords(answer, question);
  const best = answer.best;
  const index = interaction ? active(interaction.selection) : null;
  const chosen = index === null ? null : (geometry.wide.clusters[index]?.id ?? null);
  const greyName = index === null ? null : grey[index - geometry.wide.clusters.length]?.name;
  const other = others.find(({ name }) => name === greyName);
  const readings = readingsOf(options, chosen);
  return (
    <Figure
      kind="rx-accuracy-scatter"
      point={
        <span role="status" aria-live="polite">
          <Words text={said.before} />
          {best && <a href={`${base}/models/${best.id}/`}>{said.name}</a>}
          <Words text={said.after} />
        </span>
      }
      table={useMemo(() => scatterTable(candidates, question, grey), [candidates, grey, budget])}
    >
      <Controls
        live={live}
        label="What to compare by, what to show, what may be spent"
        fallback="Accuracy against multiply-adds, without a budget; other costs need JavaScript."
      >
        <Choice
          legend="Cost"
          options={AXES.map((value) => ({ value, label: AXIS_WORDS[value].name }))}
          value={axis}
          onChange={(value) => {
            dispatch({ type: 'axis', axis: value });
          }}
        />
        <Choice
          legend="Axis"
          options={SCALES.map((value) => ({ value, label: SCALE_NAMES[value] }))}
          value={scale}
          onChange={(value) => {
            dispatch({ type: 'scale', scale: value });
          }}
        />
        <fieldset class="rx-shown">
          <legend>Weights</legend>
          {WEIGHTS.map((value) => {
            const checked = weights.includes(value);
            return (
              <label key={value}>
                <input
                  type="checkbox"
                  checked={checked}
                  disabled={checked && weights.length === 1}
                  onChange={(event) => {
                    dispatch({ type: 'show', weights: value, shown: event.currentTarget.checked });
                    interaction?.dispatch({ type: 'clear' });
                  }}
                />
                <svg viewBox="-7 -7 14 14" aria-hidden="true">
                  <path class={`rx-mark rx-of-${value}`} d={symbolPath(value, 0, 0)} />
                </svg>
                {WEIGHTS_WORDS[value].name}
              </label>
            );
          })}
        </fieldset>
        <fieldset class="rx-shown">
          <legend>Recommend</legend>
          <label>
            <input
              type="checkbox"
              checked={lost}
              onChange={(event) => {
                dispatch({ type: 'lost', counted: event.currentTarget.checked });
              }}
            />
            lost weights, too
          </label>
        </fieldset>
        <fieldset class="rx-shown">
          <legend>Beside RegNetX</legend>
          <label>
            <input
              type="checkbox"
              checked={question.others}
              onChange={(event) => {
                dispatch({ type: 'others', shown: event.currentTarget.checked });
                interaction?.dispatch({ type: 'clear' });
              }}
            />
            <svg viewBox="-7 -7 14 14" aria-hidden="true">
              <circle class="rx-other" r={3} />
            </svg>
            other families
          </label>
        </fieldset>
        <BudgetControl
          key={axis}
          which="first"
          axis={axis}
          budget={budget}
          offered={budgets[axis]}
          ends={sliderEnds(options, axis)}
          onLimit={(limited) => {
            dispatch({ type: 'limit', limited });
          }}
          onBudget={(value) => {
            dispatch({ type: 'budget', budget: value });
          }}
        />
        <BudgetControl
          key={`and ${secondAxis}`}
          which="second"
          axis={secondAxis}
          budget={second?.budget ?? null}
          offered={budgets[secondAxis]}
          ends={sliderEnds(options, secondAxis)}
          onLimit={(limited) => {
            dispatch({ type: 'second', change: { limited } });
          }}
          onBudget={(value) => {
            dispatch({ type: 'second', change: { budget: value } });
          }}
        >
          <SecondAxis
            first={axis}
            value={secondAxis}
            onChange={(value) => {
              dispatch({ type: 'second', change: { axis: value } });
            }}
          />
        </BudgetControl>
      </Controls>
      {problems.length > 0 && (
        <p class="rx-refusal" role="status">
          {problems.join(' ')}
        </p>
      )}
      <div class="rx-beside">
        <Layouts
          draw={(layout) => (
            <ScatterDrawing
              geometry={geometry[layout]}
              words={AXIS_WORDS[axis]}
              {...{ scale, answer, interaction }}
              budget={budgetOf(question)}
            />
          )}
        />
        <Readout
          heading={
            other ? (
              <>
                {other.name}{' '}
                <Cited
                  passport={other.passport}
                  text={formatAccuracy(other.accuracy)}
                  label={`top-1, ${other.name}`}
                />
              </>
            ) : chosen ? (
              <a href={`${base}/models/${chosen}/`}>{nameOf(chosen)}</a>
            ) : (
              'All twelve'
            )
          }
          hint="Point at a variant; a click, tap or arrow key keeps it."
          live={live}
          readings={other ? readingsOfOther(readings, other) : readings}
        />
      </div>
    </Figure>
  );
}

function nameOf(id: string): string {
  return models.find((model) => model.id === id)?.name ?? id;
}
