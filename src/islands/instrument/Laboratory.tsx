/** One picture under many protocols, side by side. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Pixels } from '../../charts/class-map/View.tsx';
import { scroller } from '../../charts/shared/scroller.ts';
import type { Answer } from '../../engine/types.ts';
import { samplePicture, samples } from '../classifier/samples.ts';
import { percent, rawValue } from '../classifier/words.ts';
import type { ToolProps } from './tool.ts';
import { messageOf } from '../messageOf.ts';
import type { Standing } from '../standing.ts';
import { countChanges, runProtocols } from './laboratory.ts';
import { protocolsFor, type NamedProtocol } from './protocols.ts';

/** How many of the samples change their answer; a protocol that is not there yet is being counted. */
type Changes = Readonly<Record<string, number>>;

export default function Laboratory({ base, standing }: ToolProps) {
  const { client, file, result } = standing;
  const { classifier } = client;
  const protocols = useMemo(() => protocolsFor(classifier.info.preprocessing), [classifier]);
  const [answers, setAnswers] = useState<Readonly<Record<string, Answer>>>({});
  const [changes, setChanges] = useState<Changes | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const counting = useRef<AbortController>();
  const fail = (error: unknown) => {
    setProblem(messageOf(error));
  };
  useEffect(() => {
    const over = new AbortController();
    setAnswers({});
    setProblem(null);
    const tell = (id: string, answer: Answer) => {
      setAnswers((before) => ({ ...before, [id]: answer }));
    };
    runProtocols(classifier, file, protocols, tell, over.signal).catch((error: unknown) => {
      if (!over.signal.aborted) fail(error);
    });
    return () => {
      over.abort();
    };
  }, [result]);
  useEffect(() => {
    setChanges(null);
    return () => counting.current?.abort();
  }, [classifier]);
  const count = async () => {
    counting.current = new AbortController();
    const { signal } = counting.current;
    setChanges({});
    try {
      const pictures = await Promise.all(samples.map((one) => samplePicture(base, one).load()));
      const tell = (id: string, changed: number) => {
        setChanges((before) => ({ ...before, [id]: changed }));
      };
      await countChanges(classifier, pictures, protocols, tell, signal);
    } catch (error) {
      if (signal.aborted) return;
      setChanges(null);
      fail(error);
    }
  };
  const own = answers.own?.predictions[0]?.index;
  return (
    <>
      <p class="waiting">
        <button
          type="button"
          data-count-changes
          disabled={changes !== null}
          onClick={() => void count()}
        >
          Try all {samples.length} samples as well
        </button>{' '}
        and count whose answer changes.
      </p>
      {problem !== null && <p role="alert">{problem}</p>}
      <div {...scroller('The protocols compared')}>
        <table class="rx-table protocols">
          <caption class="rx-spoken">The answer under each protocol</caption>
          <thead>
            <tr>
              <th scope="col">Crop</th>
              <th scope="col">Protocol</th>
              <th scope="col">Answer</th>
              <th scope="col">Probability</th>
              <th scope="col">Samples changed</th>
            </tr>
          </thead>
          <tbody>
            {protocols.map((named) => (
              <Row
                key={named.id}
                named={named}
                answer={answers[named.id] ?? null}
                own={own}
                names={client.names}
                changed={changedOf(named.id, changes)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function changedOf(id: string, changes: Changes | null): string {
  if (id === 'own' || !changes) return '–';
  const changed = changes[id];
  return changed === undefined ? '…' : `${changed} of ${samples.length}`;
}

interface RowProps {
  readonly named: NamedProtocol;
  readonly answer: Answer | null;
  /** The class under the checkpoint's own protocol. */
  readonly own: number | undefined;
  readonly names: Standing['client']['names'];
  readonly changed: string;
}

function Row({ named: { id, label, detail }, answer, own, names, changed }: RowProps) {
  const first = answer?.predictions[0];
  const differs = first && own !== undefined && first.index !== own;
  return (
    <tr data-protocol={id} data-class-index={first?.index} data-probability={first?.probability}>
      <td>{answer ? <Pixels pixels={answer.crop} class="thumb" /> : <span class="thumb" />}</td>
      <th scope="row">
        {label} <small>{detail}</small>
      </th>
      <td class={differs ? 'differs' : undefined}>
        {first ? (names[first.index] ?? `class ${first.index}`) : '…'}
        {differs && <small> changed</small>}
      </td>
      <td>
        {first
          ? first.value === undefined
            ? percent(first.probability)
            : rawValue(first.value)
          : ''}
      </td>
      <td>{changed}</td>
    </tr>
  );
}
