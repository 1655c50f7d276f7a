/** What is to be counted, and how. */
import { FileButton } from '../classifier/FileButton.tsx';
import {
  NO_WEIGHTS,
  OWN_FILE,
  OWN_PROTOCOL,
  WEIGHTS_OWN,
  type Choice,
  type OwnProtocol as Own,
  type ProtocolOption,
  type WeightsOption,
} from './choices.ts';
import { OwnProtocol } from './OwnProtocol.tsx';

interface Props {
  readonly weights: readonly WeightsOption[];
  /** Ids of weights that are kept on this device. */
  readonly kept: ReadonlySet<string>;
  readonly protocols: readonly ProtocolOption[];
  readonly first: Choice;
  readonly second: Choice;
  readonly protocol: string;
  readonly own: Own;
  readonly onFirst: (choice: Choice) => void;
  readonly onSecond: (choice: Choice) => void;
  readonly onProtocol: (name: string) => void;
  readonly onOwn: (own: Own) => void;
}

export function Setup({ weights, kept, protocols, onProtocol, onOwn, ...props }: Props) {
  const { first, second, protocol, own, onFirst, onSecond } = props;
  const chosen = protocols.find(({ name }) => name === protocol);
  return (
    <div class="setup">
      <WeightsChoice
        label="Weights"
        marker="data-weights"
        choice={first}
        onChoice={onFirst}
        {...{ weights, kept }}
      />
      <div class="field">
        <label>
          <span>Protocol</span>
          <select
            data-protocol
            value={protocol}
            onChange={({ currentTarget }) => {
              onProtocol(currentTarget.value);
            }}
          >
            <option value={WEIGHTS_OWN}>the weights’ own</option>
            <optgroup label="As published by">
              {protocols.map(({ name, source }) => (
                <option key={name} value={name}>
                  {name} ({source})
                </option>
              ))}
            </optgroup>
            <option value={OWN_PROTOCOL}>your own</option>
          </select>
        </label>
        <p class="small">
          {protocol === OWN_PROTOCOL
            ? 'Whatever you do not say is left to the weights.'
            : (chosen?.summary ?? 'As the weights say, or as is usual for them.')}
        </p>
      </div>
      {protocol === OWN_PROTOCOL && <OwnProtocol own={own} onOwn={onOwn} />}
      <WeightsChoice
        label="Beside it, on the same pictures"
        marker="data-second-weights"
        none="no second network"
        choice={second}
        onChoice={onSecond}
        {...{ weights, kept }}
      />
    </div>
  );
}

interface WeightsChoiceProps extends Pick<Props, 'weights' | 'kept'> {
  readonly label: string;
  readonly marker: 'data-weights' | 'data-second-weights';
  /** What no choice is called, where there may be none. */
  readonly none?: string;
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
}

function WeightsChoice({
  label,
  marker,
  none,
  weights,
  kept,
  choice,
  onChoice,
}: WeightsChoiceProps) {
  const groups = [
    ['Shipped with this site', weights.filter(({ kind }) => kind === 'shipped')],
    ['Official, kept on this device', weights.filter(({ id }) => kept.has(id))],
    [
      'Official, from the hub',
      weights.filter(({ id, kind }) => kind === 'official' && !kept.has(id)),
    ],
  ] as const;
  return (
    <div class="field">
      <label>
        <span>{label}</span>
        <select
          {...{ [marker]: true }}
          value={choice.weights}
          onChange={({ currentTarget }) => {
            onChoice({ ...choice, weights: currentTarget.value });
          }}
        >
          {none !== undefined && <option value={NO_WEIGHTS}>{none}</option>}
          {groups.map(
            ([name, options]) =>
              options.length > 0 && (
                <optgroup key={name} label={name}>
                  {options.map(({ id, label: text }) => (
                    <option key={id} value={id}>
                      {text}
                    </option>
                  ))}
                </optgroup>
              ),
          )}
          <option value={OWN_FILE}>a checkpoint of your own</option>
        </select>
      </label>
      {choice.weights === OWN_FILE && (
        <p class="row small">
          <FileButton
            label="Open a checkpoint"
            marker="data-checkpoint-input"
            onFile={(file) => {
              onChoice({ weights: OWN_FILE, file });
            }}
          />
          <span>{choice.file?.name ?? 'of any RegNetX'}</span>
        </p>
      )}
    </div>
  );
}
