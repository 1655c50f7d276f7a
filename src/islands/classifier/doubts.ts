/** What speaks against a download, before it begins. */
import type { OfficialWeights } from './official.ts';
import { gigabytes, megabytes } from './words.ts';

/** What the browser tells of the device and of its owner's wish. */
export interface Circumstances {
  /** The visitor asks sites to send little. */
  readonly saveData: boolean;
  /** Memory of the device in GiB, rounded and at most 8 in most browsers; undefined if withheld. */
  readonly deviceMemory: number | undefined;
}

/** Below this even small devices manage. */
export const LARGE_BYTES = 100e6;
/** A page seldom gets more of a device's memory than this. */
const SHARE_OF_PAGE = 0.5;

/**
 * Sentences that speak against running these weights here; none for most. `missing` are the bytes
 * that are still to be downloaded, 0 for what is kept.
 */
export function doubtsAbout(
  { bytes, memory }: Pick<OfficialWeights, 'bytes' | 'memory'>,
  missing: number,
  { saveData, deviceMemory }: Circumstances,
): string[] {
  const doubts: string[] = [];
  if (saveData && missing > 0)
    doubts.push(
      `Your browser asks to save data, and ${megabytes(missing)} MB are still to be downloaded.`,
    );
  const has = (deviceMemory ?? Infinity) * 2 ** 30;
  if (bytes > LARGE_BYTES && memory > SHARE_OF_PAGE * has)
    doubts.push(
      `The network takes about ${gigabytes(memory)} GB of memory; this device has about ` +
        `${deviceMemory ?? 0} GB in all, likely too little for it. The page may be closed by the browser.`,
    );
  return doubts;
}

/** The circumstances of this visit. */
export function circumstances(): Circumstances {
  const { connection, deviceMemory } = navigator as Navigator & {
    readonly connection?: { readonly saveData?: boolean };
    readonly deviceMemory?: number;
  };
  return { saveData: connection?.saveData ?? false, deviceMemory };
}
