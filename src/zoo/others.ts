import type { Axis } from './choice.ts';

/** A backbone of another family, as an island is given it. */
export interface Other {
  /** timm's name. */
  readonly name: string;
  /** What stands beside its mark; nothing for most. */
  readonly label?: string;
  /** Top-1 on ImageNet-1k, percent. */
  readonly accuracy: number;
  /** Null where nothing is published for the size of picture that the accuracy was measured on. */
  readonly costs: Readonly<Record<Axis, number | null>>;
  /** The id of its passport. */
  readonly passport: string;
}
