/** One picture through every variant whose weights are here, as a table that fills in. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { scroller } from '../../charts/shared/scroller.ts';
import { loadEngine } from '../classifier/load.ts';
import { labelSetUrl } from '../classifier/settings.ts';
import { wayOf, wayTaken } from '../classifier/ways.ts';
import { adviserFor, type Advice, type Adviser } from '../device/advice.ts';
import { keptRecord } from '../device/kept.ts';
import type { ToolProps } from './tool.ts';
import { messageOf } from '../messageOf.ts';
import { milliseconds, percent } from '../classifier/words.ts';
import { climb, type Outcome } from './climb.ts';
import { adviceWords, outcomeWords } from './ladder.ts';
import { rungsOf, type Rung } from './rungs.ts';

type Names = Readonly<Record<string, readonly string[]>>;

export default function Ladder({ base, standing }: ToolProps) {
  const { client, file } = standing;
  const { info } = client.classifier;
  const [rungs, setRungs] = useState<readonly Rung[]>([]);
  const [outcomes, setOutcomes] = useState<Readonly<Record<string, Outcome>>>({});
  const [names, setNames] = useState<Names>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [climbing, setClimbing] = useState<AbortController | null>(null);
  const [adviser, setAdviser] = useState<Adviser | null>(null);
  const latest = useRef<AbortController | null>(null);
  useEffect(() => {
    const fails = (error: unknown) => {
      setProblem(messageOf(error));
    };
    rungsOf(base).then(setRungs, fails);
    adviserFor([info.backend]).then((next) => {
      setAdviser(() => next);
    }, fails);
    return () => latest.current?.abort();
  }, []);
  useEffect(() => {
    // Another picture: what stands there is of the last one.
    latest.current?.abort();
    setOutcomes({});
  }, [file]);

  const way = wayOf(wayTaken(info));
  /** What is known of each rung before it is climbed; nothing before the device has answered. */
  const advice = useMemo(() => {
    const record = keptRecord();
    return new Map(
      rungs.flatMap(({ id, layers, bytes }) =>
        adviser && way ? [[id, adviser({ layers, way, bytes, record })] as const] : [],
      ),
    );
  }, [rungs, adviser]);
  const start = async () => {
    const controller = new AbortController();
    const { signal } = controller;
    latest.current = controller;
    setClimbing(controller);
    setOutcomes({});
    setProblem(null);
    try {
      const { openClassifier, fetchLabels, known } = await loadEngine();
      for (const set of new Set(rungs.map(({ labels }) => labels))) {
        const list = await fetchLabels(labelSetUrl(set, base), signal);
        setNames((before) => ({ ...before, [set]: list }));
      }
      await climb(rungs, {
        ...{ known, signal, picture: file, open: openClassifier },
        backend: info.backend,
        precision: info.precision,
        whyNot: ({ id }) => advice.get(id)?.obstacle ?? null,
        tell: (rung, outcome) => {
          setOutcomes((before) => ({ ...before, [rung.id]: outcome }));
        },
      });
    } catch (error) {
      if (!signal.aborted) setProblem(messageOf(error));
    } finally {
      setClimbing((current) => (current === controller ? null : current));
    }
  };
  return (
    <>
      <p class="waiting">
        {climbing ? (
          <button
            type="button"
            data-stop
            onClick={() => {
              climbing.abort();
              setClimbing(null);
            }}
          >
            Stop
          </button>
        ) : (
          <button
            type="button"
            data-climb
            disabled={rungs.length === 0 || adviser === null}
            onClick={() => void start()}
          >
            Climb
          </button>
        )}{' '}
        One network in memory at a time, {rungs.length} in all, on {way?.label ?? info.backend}.
        Official weights that you ran once are kept, and are here as well.
      </p>
      {problem !== null && <p role="alert">{problem}</p>}
      <div {...scroller('The ladder')}>
        <table class="rx-table ladder">
          <caption class="rx-spoken">What each network says to this picture</caption>
          <thead>
            <tr>
              <th scope="col">Variant</th>
              <th scope="col">Answer</th>
              <th scope="col">Probability</th>
              <th scope="col">Median</th>
            </tr>
          </thead>
          <tbody aria-live="polite">
            {rungs.map((rung) => (
              <Row
                key={rung.id}
                rung={rung}
                outcome={outcomes[rung.id] ?? null}
                advice={advice.get(rung.id) ?? null}
                names={names[rung.labels] ?? []}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface RowProps {
  readonly rung: Rung;
  readonly outcome: Outcome | null;
  readonly advice: Advice | null;
  readonly names: readonly string[];
}

function Row({ rung, outcome, advice, names }: RowProps) {
  const head = (
    <th scope="row">
      {rung.variant} <small>{rung.kind}</small>
    </th>
  );
  if (outcome?.kind !== 'answered')
    return (
      <tr data-rung={rung.id} data-outcome={outcome?.kind}>
        {head}
        <td colSpan={3}>{outcome ? outcomeWords(outcome) : advice ? adviceWords(advice) : '–'}</td>
      </tr>
    );
  const { top, timing } = outcome;
  return (
    <tr data-rung={rung.id} data-outcome="answered" data-class-index={top.index}>
      {head}
      <td>{names[top.index] ?? `class ${top.index}`}</td>
      <td>{percent(top.probability)}</td>
      <td>{timing ? milliseconds(timing.medianMs) : '–'}</td>
    </tr>
  );
}
