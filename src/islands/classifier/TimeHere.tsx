/** The network timed on this device without its weights. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { backendOf } from '../../engine/backends/index.ts';
import type { EngineErrorCode } from '../../threads/errors.ts';
import { StageTable } from './StageTimes.tsx';
import { MUCH_BYTES, type TimeHereUse, type Timing } from './useTiming.ts';
import { wayOut, type WayId } from './ways.ts';
import { gigabytes, gpuName, milliseconds, wholeMegabytes } from './words.ts';

/** The button, and before a lot of memory is taken a question. */
export function TimeButton({
  name,
  bytes,
  use: { timing, doubt, begin, insist, close },
}: {
  readonly name: string;
  /** An estimate of the memory that it takes. */
  readonly bytes: number;
  readonly use: TimeHereUse;
}) {
  const [asking, ask] = useState(false);
  const busy = timing?.phase === 'loading' || timing?.phase === 'running';
  if (asking || doubt !== null)
    return (
      <div class="time-here">
        <p role="alert" data-time-doubt>
          {doubt?.why ??
            `${name} takes about ${gigabytes(bytes)} GB of memory while it is timed. The browser may close this page if that is more than the device has.`}
        </p>
        <p class="open">
          <button
            type="button"
            onClick={() => {
              ask(false);
              if (doubt === null) begin();
              else insist();
            }}
          >
            Time it all the same
          </button>
          {doubt && <OtherWay code="too-large" failed={doubt.way.id} begin={begin} />}
          <button
            type="button"
            onClick={() => {
              ask(false);
              close();
            }}
          >
            Leave it
          </button>
        </p>
      </div>
    );
  return (
    <div class="time-here">
      <p class="open">
        <button
          type="button"
          data-time-here
          aria-disabled={busy}
          onClick={() => {
            if (busy) return;
            if (bytes > MUCH_BYTES) ask(true);
            else begin();
          }}
        >
          Time it here, without weights
        </button>
        {busy ? (
          <button type="button" data-stop onClick={close}>
            Stop
          </button>
        ) : (
          <span>takes about {wholeMegabytes(bytes)} MB of memory, no download</span>
        )}
      </p>
    </div>
  );
}

/** One click to where it may work. */
function OtherWay({
  code,
  failed,
  begin,
}: Pick<TimeHereUse, 'begin'> & { readonly code: EngineErrorCode; readonly failed: WayId }) {
  const other = wayOut(code, failed);
  if (!other) return null;
  return (
    <button
      type="button"
      data-offer={other.id}
      onClick={() => {
        begin(other);
      }}
    >
      Time it on {other.label}
    </button>
  );
}

const PHASES = {
  draw: 'Drawing the weights',
  first: 'The first pass runs',
  passes: 'Timing more passes',
} as const;

/** What stands in the place of predictions. */
export function TimeOutcome({
  name,
  use: { begin },
  timing: { phase, at, way, time, problem },
}: {
  readonly name: string;
  readonly use: TimeHereUse;
  readonly timing: Timing;
}) {
  const root = useRef<HTMLDivElement>(null);
  // The button may be far below.
  useEffect(() => {
    root.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div class="timed" ref={root}>
      <p>
        <strong>{name}, without its weights.</strong> They are drawn at random on this device: time
        does not depend on what they are. What such a network answers means nothing, so no
        predictions are shown.
      </p>
      {phase === 'error' ? (
        <>
          <p role="alert">{problem?.message}</p>
          {problem && way && (
            <p class="open">
              <OtherWay code={problem.code} failed={way.id} begin={begin} />
            </p>
          )}
        </>
      ) : (
        <p role="status">
          {time
            ? 'Timed at 224 px.'
            : `${PHASES[at]}${way ? ` on ${way.label}` : ''}. The page may answer slowly meanwhile.`}
        </p>
      )}
      <dl class="facts">
        <div>
          <dt>First pass</dt>
          {time ? <dd data-first-ms={time.firstMs}>{milliseconds(time.firstMs)}</dd> : <dd>–</dd>}
        </div>
        <div>
          <dt>{time ? `Median of ${time.passes}` : 'Median'}</dt>
          {time ? (
            <dd data-median-ms={time.medianMs}>{milliseconds(time.medianMs)}</dd>
          ) : (
            <dd>–</dd>
          )}
        </div>
        <div class="device">
          <dt>{time ? backendOf(time.backend).name : 'Device'}</dt>
          <dd title={time?.gpu ?? undefined}>
            {time ? (time.gpu === null ? 'the processor' : gpuName(time.gpu)) : '–'}
          </dd>
        </div>
      </dl>
      {time && (
        <div class="stage-times">
          <StageTable times={time.layers} />
        </div>
      )}
    </div>
  );
}
