/** What the network says to the camera, frame after frame. Nothing is recorded, nothing is sent. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { percent } from '../classifier/words.ts';
import type { ToolProps } from './tool.ts';
import { messageOf } from '../messageOf.ts';
import { openCamera, stillOf } from './camera.ts';
import { steadied, type Steady } from './steady.ts';

/** Classes of a frame that are followed; those behind them count as zero. */
const FOLLOWED = 20;
/** The frame rate is the mean over so long. */
const RATE_MS = 1000;

type Phase = 'off' | 'asking' | 'live' | 'hidden';

const STATUS: Readonly<Record<Phase, string>> = {
  off: 'The browser will ask you. Frames stay in this page: none is recorded or sent.',
  asking: 'Waiting for the camera.',
  live: '',
  hidden: 'Stopped, since this tab was hidden.',
};

export default function Camera({ standing, panel }: ToolProps) {
  const { classifier, names } = standing.client;
  const video = useRef<HTMLVideoElement>(null);
  const running = useRef<AbortController | null>(null);
  const [phase, setPhase] = useState<Phase>('off');
  const [steady, setSteady] = useState<Steady | null>(null);
  const [rate, setRate] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const stop = (next: Phase) => {
    running.current?.abort();
    running.current = null;
    setPhase(next);
    setRate(null);
  };
  const start = async () => {
    const screen = video.current;
    if (!screen || running.current) return;
    const over = new AbortController();
    running.current = over;
    setProblem(null);
    setSteady(null);
    setPhase('asking');
    try {
      const close = await openCamera(screen);
      if (over.signal.aborted) {
        close();
        return;
      }
      over.signal.addEventListener('abort', close);
      setPhase('live');
      await watch(screen, over.signal);
    } catch (error) {
      if (over.signal.aborted) return;
      stop('off');
      setProblem(messageOf(error));
    }
  };
  /** One frame after another, as fast as the network answers. */
  const watch = async (screen: HTMLVideoElement, signal: AbortSignal) => {
    const { preprocessing } = classifier.info;
    let last: Steady | null = null;
    let times: number[] = [];
    while (!signal.aborted) {
      const frame = await createImageBitmap(screen);
      const { predictions } = await classifier.classifyUnder(frame, { preprocessing }, FOLLOWED);
      signal.throwIfAborted();
      last = steadied(last, predictions);
      const now = performance.now();
      times = [...times.filter((time) => now - time < RATE_MS), now];
      setSteady(last);
      setRate(((times.length - 1) * 1000) / Math.max(now - (times[0] ?? now), 1));
      // Not oftener than the screen shows, and never twice the same frame at once.
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  };

  useEffect(() => {
    const onHidden = () => {
      if (document.hidden && running.current) stop('hidden');
    };
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      document.removeEventListener('visibilitychange', onHidden);
      running.current?.abort();
    };
  }, []);
  useEffect(() => {
    // Another network stands ready: what ran is gone.
    if (running.current) stop('off');
  }, [classifier]);

  const takeStill = async () => {
    const screen = video.current;
    if (!screen) return;
    try {
      const still = await stillOf(screen);
      stop('off');
      panel.classify({ name: 'Still from the camera', load: () => Promise.resolve(still) });
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const live = phase === 'live';
  return (
    <div class="camera" data-camera={phase}>
      <p class="waiting">
        {live || phase === 'asking' ? (
          <button
            type="button"
            data-stop
            onClick={() => {
              stop('off');
            }}
          >
            Stop
          </button>
        ) : (
          <button type="button" data-start onClick={() => void start()}>
            Start the camera
          </button>
        )}{' '}
        <button type="button" data-still disabled={!live} onClick={() => void takeStill()}>
          Take a still
        </button>{' '}
        <span role="status">{STATUS[phase]}</span>
        {live && rate !== null && <span data-rate={rate}>{rate.toFixed(0)} frames a second</span>}
      </p>
      {problem !== null && <p role="alert">{problem}</p>}
      <div class="live">
        {/* The centre square, about what the network sees. */}
        <video ref={video} muted playsInline hidden={!live} aria-label="What the camera sees" />
        <ol class="steady">
          {(live ? (steady?.order ?? []) : []).map((index) => {
            const mean = steady?.means.get(index) ?? 0;
            return (
              <li key={index} data-live-class={index}>
                <span>{names[index] ?? `class ${index}`}</span>
                <span>{percent(mean)}</span>
                <span class="bar" aria-hidden="true">
                  <span style={{ inlineSize: `${mean * 100}%` }} />
                </span>
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}
