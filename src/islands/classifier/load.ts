/** Code that is loaded on demand, and what becomes of errors. */
import type { EngineErrorCode } from '../../threads/errors.ts';
import type { Problem } from './state.ts';

/** The engine, where weights come from, and the designs that variants are known by. */
export async function loadEngine() {
  const [engine, { labelled }, weights, beside, { models }] = await loadCode(
    Promise.all([
      import('../../engine/client.ts'),
      import('../../engine/labels.ts'),
      import('../../weights/download.ts'),
      import('../../weights/beside.ts'),
      import('../../zoo/models.ts'),
    ]),
  );
  const known = models.map(({ id, design }) => ({ id, design }));
  return { ...engine, ...weights, ...beside, labelled, known };
}

/** Code that is loaded on demand; its absence is told in a sentence. */
export async function loadCode<T>(code: Promise<T>): Promise<T> {
  try {
    return await code;
  } catch (cause) {
    const message =
      'The classifier’s code could not be loaded; perhaps the site was updated meanwhile. Check the connection and reload the page.';
    throw Object.assign(new Error(message, { cause }), { code: 'code' });
  }
}

/** The engine's errors carry a code and a sentence; anything else is a fault of ours. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return { code: error.code as EngineErrorCode, message: error.message };
  const cause = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `The classifier failed unexpectedly (${cause}). Try again, or reload the page.`,
  };
}
