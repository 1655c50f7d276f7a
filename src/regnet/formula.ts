/** A number in a formula, with what it counts where that does not go without saying. */
export interface Factor {
  readonly value: number;
  readonly counts?: string;
}

/** A sum of products. */
export type Formula = readonly (readonly Factor[])[];

/** What a formula comes to. */
export function evaluate(formula: Formula): number {
  let sum = 0;
  for (const product of formula) {
    let result = 1;
    for (const { value } of product) result *= value;
    sum += result;
  }
  return sum;
}
