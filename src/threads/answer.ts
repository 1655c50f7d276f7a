/** How a worker answers, so that an error keeps its code on its way between threads. */
import { toPlainError, type PlainError } from './errors.ts';

export type Answer<T> = { readonly value: T } | { readonly error: PlainError };

/** What the work gives, or why it failed; never rejects. */
export async function answer<T>(work: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: toPlainError(error) };
  }
}

/** What one object's methods are on the other thread: the same, and each a promise. */
export type Asked<Api> = {
  readonly [
    Name in keyof Api as Api[Name] extends (...args: never) => unknown ? Name : never
  ]: Api[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};
