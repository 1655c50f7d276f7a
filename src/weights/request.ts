/** One request to a hub, whose failures are sentences. */
import { EngineError } from '../threads/errors.ts';

export interface RequestOptions {
  readonly signal: AbortSignal;
  /** Where in the file to go on; 0 asks for the whole. */
  readonly offset?: number;
}

/** A server that takes longer to answer counts as not reached. */
const PROBE_MS = 10_000;

/** The request did not come through: worth another try when an earlier one did. */
export class Unreachable extends EngineError {
  /** Whether the server answers at all: then it may be this kind of request that it refuses. */
  readonly answers: boolean;
  constructor(message: string, answers: boolean, cause: unknown) {
    super('download', message, { cause });
    this.answers = answers;
  }
}

/**
 * Fetches an address of another host, past the browser's cache: these files are kept elsewhere. Only
 * headers that need no preflight are sent. When a part was asked for, an answer that refuses it is
 * returned like a good one: the whole may be had. Throws an EngineError (`download`); an abort rejects
 * with the signal's reason.
 */
export async function request(
  url: string,
  { signal, offset = 0 }: RequestOptions,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      signal,
      cache: 'no-store',
      headers: offset > 0 ? { Range: `bytes=${offset}-` } : {},
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw await unreachable(url, signal, cause);
  }
  const { status } = response;
  if (response.ok || (offset > 0 && mayRefuseRange(status))) return response;
  await response.body?.cancel();
  throw new EngineError(
    'download',
    refusal(hostOf(url), status, response.headers.get('Retry-After')),
  );
}

/** Whether a status can be meant for the range alone: not a pause asked for, not a server in trouble. */
function mayRefuseRange(status: number): boolean {
  return status !== 429 && (status < 500 || status === 501);
}

/** The host of an address, for sentences. */
export function hostOf(url: string): string {
  return new URL(url).host;
}

/** A browser does not tell a dead line from a server that other sites' pages may not read. */
async function unreachable(url: string, signal: AbortSignal, cause: unknown): Promise<EngineError> {
  const host = hostOf(url);
  const message = (text: string) => new Unreachable(text, false, cause);
  // Node has a navigator as well, which knows no `onLine`.
  if ((globalThis.navigator as Partial<Navigator> | undefined)?.onLine === false)
    return message(
      'You are offline, and these weights are not kept on this device. Connect and try again.',
    );
  const answers = await answersAtAll(url);
  signal.throwIfAborted();
  return answers
    ? new Unreachable(
        `${host} answers, but does not let pages of other sites read its files (no CORS header). ` +
          'Download the file there yourself and open it here.',
        true,
        cause,
      )
    : message(`${host} was not reached. Check the connection and try again.`);
}

/** Whether a server answers at all, be it with what a page may not read. */
async function answersAtAll(url: string): Promise<boolean> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, PROBE_MS);
  try {
    await fetch(url, { mode: 'no-cors', cache: 'no-store', signal: controller.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    // The answer itself is not wanted.
    controller.abort();
  }
}

/** What an HTTP status means for the visitor. The hub answers 401 for what does not exist. */
function refusal(host: string, status: number, retryAfter: string | null): string {
  if (status === 429)
    return `${host} asks for a pause (429): too many downloads from your network. Try again ${after(retryAfter)}.`;
  if ([401, 403, 404, 410].includes(status))
    return `${host} does not have the file any more, or does not give it to everybody (${status}). Look for other weights below, or open a file of your own.`;
  if (status >= 500) return `${host} has trouble of its own (${status}). Try again later.`;
  return `${host} answered ${status}, which this page does not understand. Try again later.`;
}

/** `Retry-After` in words: seconds, or a date. */
function after(retryAfter: string | null): string {
  if (retryAfter === null || retryAfter === '') return 'in some minutes';
  const given = Number(retryAfter);
  const seconds = Number.isFinite(given) ? given : (Date.parse(retryAfter) - Date.now()) / 1000;
  if (!(seconds > 0)) return 'in some minutes';
  if (seconds < 120) return `in ${Math.ceil(seconds)} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}
