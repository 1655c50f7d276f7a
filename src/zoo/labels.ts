/** Class names in the order of a network's outputs, from the text of content/labels/<set>.tsv. */
export function parseLabels(tsv: string): string[] {
  const [heading = '', ...rows] = tsv.trimEnd().split('\n');
  const column = heading.split('\t').indexOf('label');
  return rows.map((row) => row.split('\t')[column] ?? '');
}
