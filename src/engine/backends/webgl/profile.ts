/** How long each draw call of a pass takes on the GPU. */
import type { Profile } from '../../backend.ts';
import { finished, sleep } from './waiting.ts';

/**
 * Milliseconds of each draw call: by the GPU's own clock where the browser gives it, else by drawing
 * one after another again and again and waiting for each.
 */
export async function profileDraws(
  gl: WebGL2RenderingContext,
  draws: readonly (() => void)[],
  closed: AbortSignal,
): Promise<Profile> {
  const byGpu = await timeByQueries(gl, draws, closed);
  if (byGpu) return { method: 'timer-query', ms: byGpu };
  const ms: number[] = [];
  for (const draw of draws) ms.push(await timeByRepeats(gl, draw, closed));
  return { method: 'repeats', ms };
}

/** EXT_disjoint_timer_query_webgl2, as far as it is used here. */
interface TimerQueries {
  readonly TIME_ELAPSED_EXT: number;
  readonly GPU_DISJOINT_EXT: number;
}

/** Passes that the median of a draw call is taken of. */
const ROUNDS = 5;

/** Null where there is no clock, or one that is too coarse or was disturbed. */
async function timeByQueries(
  gl: WebGL2RenderingContext,
  draws: readonly (() => void)[],
  closed: AbortSignal,
): Promise<number[] | null> {
  const clock = gl.getExtension('EXT_disjoint_timer_query_webgl2') as TimerQueries | null;
  if (!clock) return null;
  // Asking forgets what disturbed it before.
  gl.getParameter(clock.GPU_DISJOINT_EXT);
  const rounds: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const queries = draws.map((draw) => {
      const query = gl.createQuery();
      gl.beginQuery(clock.TIME_ELAPSED_EXT, query);
      draw();
      gl.endQuery(clock.TIME_ELAPSED_EXT);
      return query;
    });
    await finished(gl, closed);
    const ms: number[] = [];
    for (const query of queries) {
      while (gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE) === false) {
        await sleep();
        closed.throwIfAborted();
      }
      ms.push(Number(gl.getQueryParameter(query, gl.QUERY_RESULT)) / 1e6);
      gl.deleteQuery(query);
    }
    rounds.push(ms);
  }
  const disturbed = gl.getParameter(clock.GPU_DISJOINT_EXT) === true;
  const medians = draws.map((_, i) => {
    const sorted = rounds.map((ms) => ms[i] ?? 0).toSorted((a, b) => a - b);
    return sorted[(ROUNDS - 1) / 2] ?? 0;
  });
  return disturbed || medians.every((ms) => ms === 0) ? null : medians;
}

/** A draw call is repeated until it has taken so long, so that the waiting weighs little, */
const LONG_ENOUGH_MS = 12;
/** but no more often, for a draw call that takes no time at all. */
const MOST_REPEATS = 1024;

async function timeByRepeats(
  gl: WebGL2RenderingContext,
  draw: () => void,
  closed: AbortSignal,
): Promise<number> {
  for (let repeats = 1; ; repeats *= 4) {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) draw();
    await finished(gl, closed);
    const elapsed = performance.now() - start;
    if (elapsed >= LONG_ENOUGH_MS || repeats >= MOST_REPEATS) return elapsed / repeats;
  }
}
