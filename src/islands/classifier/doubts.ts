/** What speaks against a download, before it begins. */
import { megabytes } from './words.ts';

/** What the browser tells of its owner's wish, and the device of itself. */
export interface Circumstances {
  /** The visitor asks sites to send little. */
  readonly saveData: boolean;
  /** What stands against running the network here, in a sentence; null where nothing does. */
  readonly obstacle: string | null;
}

/** Below this even small devices manage, and are not asked. */
export const LARGE_BYTES = 100e6;

/**
 * Sentences that speak against running some weights here; none for most. `missing` are the bytes that
 * are still to be downloaded, 0 for what is kept.
 */
export function doubtsAbout(missing: number, { saveData, obstacle }: Circumstances): string[] {
  const doubts: string[] = [];
  if (saveData && missing > 0)
    doubts.push(
      `Your browser asks to save data, and ${megabytes(missing)} MB are still to be downloaded.`,
    );
  if (obstacle !== null) doubts.push(obstacle);
  return doubts;
}

/** Whether the visitor asks sites to send little. */
export function savesData(): boolean {
  const { connection } = navigator as Navigator & {
    readonly connection?: { readonly saveData?: boolean };
  };
  return connection?.saveData ?? false;
}
