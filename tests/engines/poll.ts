import { expect } from 'vitest';

/** In software, on a busy machine. */
export const PATIENCE_MS = 90_000;

/** `expect(await call())`, again and again until it holds. */
export const eventually = <T>(call: () => Promise<T>) =>
  expect.poll(call, { timeout: PATIENCE_MS, interval: 150 });
