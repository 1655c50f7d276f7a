/** Predictions by name. */
import type { Classification, Prediction } from './types.ts';

export interface LabelledPrediction extends Prediction {
  /** The class's name; `class 17` where no list of names is known. */
  readonly label: string;
}

export interface LabelledClassification extends Omit<Classification, 'predictions'> {
  readonly predictions: readonly LabelledPrediction[];
}

/** Predictions with the names of their classes, of a list in the order of the network's outputs. */
export function labelled(
  predictions: readonly Prediction[],
  labels: readonly string[],
): LabelledPrediction[] {
  return predictions.map((one) => ({ ...one, label: labels[one.index] ?? `class ${one.index}` }));
}
