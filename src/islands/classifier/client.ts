import type { OpenedClassifier } from '../../engine/client.ts';
import type { LabelledClassification } from '../../engine/labels.ts';
import type { Golden } from '../../engine/types.ts';

/** A classifier with what lies beside its weights. */
export interface Client {
  readonly classifier: OpenedClassifier;
  /** The names of the classes; empty where none are known. */
  readonly names: readonly string[];
  /** A picture's classes by name. */
  readonly classify: (picture: Blob) => Promise<LabelledClassification>;
  /** Stored numbers to compare this device with; null where there are none. */
  readonly golden: Promise<Golden | null>;
}
