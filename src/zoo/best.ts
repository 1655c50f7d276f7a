/** The best obtainable weights as an island is given them: none of the sources travels with it. */

/** Of one variant. */
export interface Best {
  /** Top-1 on ImageNet-1k, percent, as whoever trained them measured it. */
  readonly accuracy: number;
  /** Who trained them. */
  readonly whose: string;
  /** The id of the accuracy's passport. */
  readonly passport: string;
}

/** By the variant's id. */
export type Bests = Readonly<Record<string, Best>>;
