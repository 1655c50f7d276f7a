/** Where the names of the classes come from: a known list, the visitor's own, or numbers. */
import { useId, useState } from 'preact/hooks';
import { formatInteger } from '../../charts/shared/format.ts';
import type { CheckpointClues } from '../../engine/types.ts';
import { messageOf } from '../messageOf.ts';
import { parseNames, type Labels, type Protocol } from './settings.ts';

interface Props {
  readonly clues: CheckpointClues;
  readonly labels: Labels;
  readonly protocols: readonly Protocol[];
  readonly onChange: (labels: Labels) => void;
}

export function ClassNames({ clues, labels, protocols, onChange }: Props) {
  const { classes, classNames } = clues;
  const [problem, setProblem] = useState<string | null>(null);
  const input = useId();
  const fitting = protocols.filter((protocol) => protocol.classes === classes);
  const sets = [...new Set(fitting.map((protocol) => protocol.labels))];
  const take = async (file: File) => {
    try {
      const names = parseNames(await file.text(), classes);
      setProblem(null);
      onChange({ kind: 'own', fileName: file.name, names });
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <div class="names">
      <label>
        <span>Names of the {formatInteger(classes)} classes</span>
        <select
          name="labels"
          value={labels.kind === 'set' ? labels.set : labels.kind}
          onChange={({ currentTarget: { value } }) => {
            setProblem(null);
            if (value === 'file' && classNames) onChange({ kind: 'file', ...classNames });
            else if (value !== 'own')
              onChange(sets.includes(value) ? { kind: 'set', set: value } : { kind: 'numbers' });
          }}
        >
          {classNames && <option value="file">the file’s own, {classNames.from}</option>}
          {sets.map((set) => (
            <option key={set} value={set}>
              {set}
            </option>
          ))}
          <option value="numbers">numbers only</option>
          {labels.kind === 'own' && <option value="own">{labels.fileName}</option>}
        </select>
      </label>
      <label class="file" for={input}>
        <input
          id={input}
          type="file"
          class="sr-only"
          accept=".txt,.json,text/plain,application/json"
          data-labels-input
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            currentTarget.value = '';
            if (file) void take(file);
          }}
        />
        Open a list of names
      </label>
      <p class="small">{reasonOfNames(clues, sets.length > 0)}</p>
      {problem !== null && (
        <p role="alert" class="problem">
          {problem}
        </p>
      )}
    </div>
  );
}

function reasonOfNames({ classNames, likely }: CheckpointClues, someFit: boolean): string {
  if (classNames) return 'The names are in the file.';
  if (typeof likely.labels === 'string')
    return 'Chosen for where the file seems to come from; another set with as many classes has other names.';
  return someFit
    ? 'The file does not name its classes. A known list has as many, which is no reason to take it; a text file with one name a line will do.'
    : 'The file does not name its classes, and no known list has so many. A text file with one name a line will do.';
}
