const WORDS = [
  ...['none', 'one', 'two', 'three', 'four', 'five', 'six'],
  ...['seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
];

/** A small count as running text has it: in words up to twelve. */
export function inWords(count: number): string {
  return WORDS[count] ?? String(count);
}
