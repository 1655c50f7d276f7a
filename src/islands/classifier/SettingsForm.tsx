/** What the file cannot tell, with the likely answer chosen and the reason for it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Choice } from '../../charts/shared/Controls.tsx';
import { plural } from '../../charts/shared/format.ts';
import type { CheckpointClues } from '../../engine/types.ts';
import { ClassNames } from './ClassNames.tsx';
import {
  follows,
  likelyProtocols,
  NORMALISATIONS,
  reasonOf,
  SIDE_LIMITS,
  tellProtocol,
  withProtocol,
  type Protocol,
  type Settings,
} from './settings.ts';

export interface SettingsFormProps {
  readonly clues: CheckpointClues;
  readonly protocols: readonly Protocol[];
  readonly settings: Settings;
  readonly onChange: (settings: Settings) => void;
}

export function SettingsForm({ clues, protocols, settings, onChange }: SettingsFormProps) {
  const set = (part: Partial<Settings>) => {
    onChange({ ...settings, ...part });
  };
  const { resize, crop, interpolation, normalisation, channelOrder } = settings;
  return (
    <form
      class="rx-settings"
      aria-labelledby="settings"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <h3 id="settings">What the file cannot tell</h3>
      <p class="small">{reasonOf(clues)}</p>
      <Others {...{ clues, protocols, settings, onChange }} />
      <div class="fields">
        <Side
          label="Shorter side, px"
          name="resize"
          value={resize}
          onChange={(side) => {
            set({ resize: side, crop: Math.min(crop, side) });
          }}
        />
        <Side
          label="Centre crop, px"
          name="crop"
          value={crop}
          onChange={(side) => {
            set({ crop: side, resize: Math.max(resize, side) });
          }}
        />
        <label>
          <span>Filter</span>
          <select
            name="interpolation"
            value={interpolation}
            onChange={({ currentTarget: { value } }) => {
              set({ interpolation: value === 'bicubic' ? 'bicubic' : 'bilinear' });
            }}
          >
            <option value="bilinear">bilinear</option>
            <option value="bicubic">bicubic</option>
          </select>
        </label>
        <label>
          <span>Normalisation</span>
          <select
            name="normalisation"
            value={typeof normalisation === 'string' ? normalisation : 'own'}
            onChange={({ currentTarget: { value } }) => {
              if (isKnown(value)) set({ normalisation: value });
            }}
          >
            {Object.entries(NORMALISATIONS).map(([key, { label }]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
            {typeof normalisation !== 'string' && <option value="own">the file’s own</option>}
          </select>
        </label>
      </div>
      <Choice
        legend="Channel order of the file"
        options={[
          { value: 'RGB', label: 'RGB' },
          { value: 'BGR', label: 'BGR' },
        ]}
        value={channelOrder}
        onChange={(order) => {
          set({ channelOrder: order });
        }}
      />
      <p class="small">{orderReason(clues)}</p>
      <ClassNames
        clues={clues}
        labels={settings.labels}
        protocols={protocols}
        onChange={(labels) => {
          set({ labels });
        }}
      />
    </form>
  );
}

const isKnown = (value: string): value is keyof typeof NORMALISATIONS =>
  Object.hasOwn(NORMALISATIONS, value);

/** Published protocols of the same kind, each a button. */
function Others({ clues, protocols, settings, onChange }: SettingsFormProps) {
  const likely = likelyProtocols(clues, protocols);
  if (likely.length === 0) return null;
  return (
    <ul class="protocols" aria-label="Published protocols">
      {likely.map((protocol) => (
        <li key={protocol.example}>
          <button
            type="button"
            aria-pressed={follows(settings, protocol)}
            onClick={() => {
              onChange({ ...settings, ...withProtocol(protocol.preprocessing) });
            }}
          >
            {tellProtocol(protocol.preprocessing)}
          </button>
          <span class="small">
            {plural(protocol.count, 'network')} of {protocol.source}, such as {protocol.example}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface SideProps {
  readonly label: string;
  readonly name: string;
  readonly value: number;
  readonly onChange: (side: number) => void;
}

/** A side in pixels, taken when it is entered, and brought into range. */
function Side({ label, name, value, onChange }: SideProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  // The other side brings this one into range as the focus comes here: what is typed then replaces it.
  useLayoutEffect(() => {
    if (typed === null && document.activeElement === input.current) input.current?.select();
  }, [value]);
  return (
    <label>
      <span>{label}</span>
      <input
        ref={input}
        type="number"
        name={name}
        min={SIDE_LIMITS.min}
        max={SIDE_LIMITS.max}
        step={1}
        value={typed ?? value}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
        }}
        onChange={({ currentTarget }) => {
          const side = Math.round(currentTarget.valueAsNumber);
          setTyped(null);
          if (Number.isNaN(side)) return;
          const within = Math.min(Math.max(side, SIDE_LIMITS.min), SIDE_LIMITS.max);
          if (within !== value) onChange(within);
        }}
      />
    </label>
  );
}

/** Whose word the order is; where it is nobody's, it is a guess, and the other stands beside it. */
function orderReason({
  scheme,
  channelOrder,
  channelOrderFrom,
  description,
}: CheckpointClues): string {
  const flipped =
    channelOrder === 'BGR' ? ' The first convolution is flipped, so that all take RGB here.' : '';
  if (channelOrderFrom !== 'custom' || description) return `The file says so.${flipped}`;
  const other = channelOrder === 'BGR' ? 'RGB' : 'BGR';
  return `A guess: the file does not say, and ${scheme?.label ?? 'its code base'} publishes its own networks so. If it was trained on ${other === 'BGR' ? 'OpenCV’s pictures' : 'RGB'}, choose ${other}.${flipped}`;
}
