/** What computes, whether it computes rightly, and the choice of another way. */
import { useEffect, useId, useState } from 'preact/hooks';
import type { ClassifierInfo } from '../../engine/types.ts';
import { backendOf } from '../../engine/backends/index.ts';
import { isSoftwareRenderer } from '../../zoo/renderer.ts';
import type { PanelState } from './state.ts';
import { StageTimes } from './StageTimes.tsx';
import { wayOf, WAYS, wayTaken, type Way, type WayId } from './ways.ts';
import { megabytes, parityInWords } from './words.ts';

interface DeviceProps {
  readonly state: PanelState;
  /** Null leaves the choice to the page. */
  readonly onWay: (way: WayId | null) => void;
  readonly onMeasureLayers: () => void;
}

export function Device({ state, onWay, onMeasureLayers }: DeviceProps) {
  const { because, info, layers, parity, phase, problem, way } = state;
  const taken = info ? wayTaken(info) : (way ?? state.backend);
  const id = useId();
  const ways = useKnownWays(taken);
  return (
    <div class="computing">
      <p class="open">
        <label for={id}>Runs on</label>
        <select
          id={id}
          data-way={taken}
          value={taken}
          onChange={({ currentTarget }) => {
            onWay(currentTarget.value as WayId);
          }}
        >
          {ways.map((one) => (
            <option key={one.id} value={one.id}>
              {one.label.replace(/^./, (letter) => letter.toUpperCase())}
            </option>
          ))}
        </select>
      </p>
      <div class="assurance">
        {state.notice !== null && <p role="status">{state.notice}</p>}
        <Check state={state} />
        {/* Both lines at once, so that none is pushed away. */}
        {info && backendOf(info.backend).gpu && (parity ?? problem) && (
          <Gpu info={info} onWay={onWay} />
        )}
        {because !== null && (parity ?? problem) && <p data-because>{because}</p>}
        {way !== null && (
          <p>
            This way was chosen, not the quickest looked for.{' '}
            <button
              type="button"
              class="link"
              data-automatic
              onClick={() => {
                onWay(null);
              }}
            >
              Let the page choose
            </button>
          </p>
        )}
      </div>
      <StageTimes
        times={layers}
        ready={phase === 'done' && info !== null}
        onMeasure={onMeasureLayers}
      />
    </div>
  );
}

/** The ways that this browser knows of, and the one that is taken. */
function useKnownWays(taken: WayId): Way[] {
  const [hydrated, setHydrated] = useState(false);
  useEffect(() => {
    setHydrated(true);
  }, []);
  return WAYS.filter(({ id, backend }) => {
    const { known } = backendOf(backend);
    return id === taken || known === null || (hydrated && known());
  });
}

/** What the network holds on the GPU, and what to do where that is none. */
function Gpu({ info, onWay }: { info: ClassifierInfo; onWay: DeviceProps['onWay'] }) {
  const { label, fallback } = backendOf(info.backend);
  const other = wayOf(fallback);
  return (
    <p>
      <span data-gpu-bytes={info.gpuBytes}>{megabytes(info.gpuBytes)} MB on the GPU.</span>{' '}
      {other && info.gpu !== null && isSoftwareRenderer(info.gpu) && (
        <>
          {label} is rendered in software here;{' '}
          <button
            type="button"
            class="link"
            data-offer={other.id}
            onClick={() => {
              onWay(other.id);
            }}
          >
            {other.label}
          </button>{' '}
          is likely quicker.
        </>
      )}
    </p>
  );
}

/** Whether this device computes what it should. */
function Check({ state: { info, parity, problem, checkpoint, result } }: { state: PanelState }) {
  if (problem?.code === 'mismatch') return <p>Checked: wrong.</p>;
  if (parity === 'none')
    return (
      <p>
        {info?.backend === 'cpu'
          ? 'Plain loops are what every other way is compared with.'
          : 'This device could not be compared: the code for it did not load.'}
      </p>
    );
  if (parity) {
    const { badge, detail } = parityInWords(parity);
    return (
      <p data-parity={parity.difference} data-parity-reference={parity.reference}>
        <strong class="badge">{badge}</strong> on this device{detail}.
      </p>
    );
  }
  const whose = checkpoint.kind === 'shipped' ? 'PyTorch’s numbers' : 'a plain computation';
  return (
    <p>
      {result && <strong>This answer is not checked yet. </strong>}
      {info ? 'Comparing' : 'Once it runs, the panel compares'} this device with {whose}.
    </p>
  );
}
