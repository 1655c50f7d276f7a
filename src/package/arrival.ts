import type { Progress } from '../weights/meter.ts';

/** How weights are brought. */
export interface ArrivalOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}
