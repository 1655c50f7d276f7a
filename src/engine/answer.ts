/** How a worker answers, so that an error keeps its code on its way between threads. */
import { toPlainError, type PlainError } from './errors.ts';

export type Answer<T> = { readonly value: T } | { readonly error: PlainError };

/** What the work gives, or why it failed; never rejects. */
export async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: toPlainError(error) };
  }
}
