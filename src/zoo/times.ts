/** The times on today's hardware as an island is given them: none of the sources travels with it. */

/** A current GPU and a laptop's processor; which ones, speed.ts says. */
export type Today = 'gpu' | 'cpu';

/** One time with its source. */
export interface Time {
  /** Milliseconds a picture. */
  readonly ms: number;
  /** The id of its passport. */
  readonly passport: string;
}

/** By timm's name of the network: torchvision's 400MF has its own. */
export type Times = Readonly<Record<string, Readonly<Record<Today, Time>>>>;
