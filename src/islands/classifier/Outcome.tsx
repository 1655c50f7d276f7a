/** What the network sees, and what it says. */
import { useEffect, useRef } from 'preact/hooks';
import type { Crop } from '../../engine/types.ts';
import type { LabelledPrediction } from '../../engine/labels.ts';
import type { EngineErrorCode } from '../../threads/errors.ts';
import type { PanelState, Problem } from './state.ts';
import { wayOut, wayTaken, type WayId } from './ways.ts';
import { percent, rawValue, statusOf } from './words.ts';

interface OutcomeProps {
  readonly state: PanelState;
  /** Size of the shipped weights in bytes, 0 when none ship. */
  readonly total: number;
  readonly onRetry: () => void;
  /** Runs it again, computed in another way. */
  readonly onWay: (way: WayId) => void;
  readonly onCancel: () => void;
  /** Shows where the evidence for a class is; left out where nothing shows it. */
  readonly onMap?: (index: number) => void;
}

export function Outcome({
  state,
  total: shippedBytes,
  onRetry,
  onWay,
  onCancel,
  onMap,
}: OutcomeProps) {
  const { phase, checkpoint, result, problem, subject, received } = state;
  const total = state.total ?? (checkpoint.kind === 'shipped' ? shippedBytes : 0);
  const busy = phase === 'loading' || phase === 'running';
  return (
    <div class="outcome">
      <CropView crop={result?.crop ?? null} subject={subject} />
      <div class="verdict">
        <div aria-live="polite" aria-busy={busy}>
          {result ? (
            <Predictions
              predictions={result.predictions}
              unchecked={state.parity === null}
              onMap={onMap}
            />
          ) : (
            phase !== 'loading' && <p class="status">{statusOf(state, total)}</p>
          )}
        </div>
        {/* Above what grows and shrinks, so that it stays where it is. */}
        {phase === 'loading' && (
          <p class="open">
            <button type="button" data-cancel onClick={onCancel}>
              Cancel
            </button>
          </p>
        )}
        {phase === 'loading' && (
          <label class="status">
            {received > 0 && received < total ? (
              <progress max={total} value={received} />
            ) : (
              <progress />
            )}
            {statusOf(state, total)}
          </label>
        )}
        {problem && (
          <Alert
            problem={problem}
            failed={state.info ? wayTaken(state.info) : (state.way ?? 'webgl')}
            onRetry={onRetry}
            onWay={onWay}
          />
        )}
      </div>
    </div>
  );
}

function CropView({ crop, subject }: { crop: Crop | null; subject: string | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && crop)
      context.putImageData(new ImageData(crop.data, crop.width, crop.height), 0, 0);
  }, [crop]);
  return (
    <figure class="crop">
      {crop ? (
        <canvas
          ref={canvas}
          width={crop.width}
          height={crop.height}
          role="img"
          aria-label={`${subject ?? 'Picture'}, cropped`}
        />
      ) : (
        <div class="empty">Drop or paste a picture here</div>
      )}
      <figcaption>
        {crop
          ? `What the network sees: ${crop.width} × ${crop.height} px`
          : 'What the network sees'}
      </figcaption>
    </figure>
  );
}

interface PredictionsProps {
  readonly predictions: readonly LabelledPrediction[];
  /** Whether it is not known yet that this device computes rightly. */
  readonly unchecked: boolean;
  readonly onMap: OutcomeProps['onMap'];
}

function Predictions({ predictions, unchecked, onMap }: PredictionsProps) {
  return (
    <ol class="predictions" data-unchecked={unchecked ? '' : undefined}>
      {predictions.map(({ index, label, probability, value }) =>
        value === undefined ? (
          <li
            key={index}
            data-prediction
            data-class-index={index}
            data-label={label}
            data-probability={probability}
          >
            <span class="label">{label}</span>
            {onMap && (
              <button
                type="button"
                class="map"
                data-map
                aria-label={`Where it looks for ${label}`}
                title={`Where it looks for ${label}`}
                onClick={() => {
                  onMap(index);
                }}
              />
            )}
            <span class="percent">{percent(probability)}</span>
            <span class="bar" aria-hidden="true">
              <span style={{ inlineSize: `${probability * 100}%` }} />
            </span>
          </li>
        ) : (
          <li
            key={index}
            data-prediction
            data-class-index={index}
            data-label={label}
            data-value={value}
          >
            <span class="label">{label}, the only output</span>
            <span class="percent">{rawValue(value)}</span>
          </li>
        ),
      )}
    </ol>
  );
}

/** Failures after which the very same may work. */
const PASSING: readonly EngineErrorCode[] = [
  'download',
  'altered',
  'context-lost',
  'worker-lost',
  'no-backend',
  'internal',
];

interface AlertProps extends Pick<OutcomeProps, 'onRetry' | 'onWay'> {
  readonly problem: Problem;
  /** How it was computed, or was to be. */
  readonly failed: WayId;
}

function Alert({ problem: { code, message }, failed, onRetry, onWay }: AlertProps) {
  const other = wayOut(code, failed);
  return (
    <div class="problem">
      <p role="alert">{message}</p>
      {PASSING.includes(code) && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
      {code === 'code' && (
        <button
          type="button"
          onClick={() => {
            location.reload();
          }}
        >
          Reload the page
        </button>
      )}{' '}
      {other && (
        <button
          type="button"
          data-offer={other.id}
          onClick={() => {
            onWay(other.id);
          }}
        >
          Run on {other.label}
        </button>
      )}
    </div>
  );
}
