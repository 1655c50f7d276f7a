/** Lists of truths: who says in a text file what pictures show. */
import { dsvFormat } from 'd3-dsv';
import { WHOLE_NUMBER, WNID } from './classes.ts';

/** A text file that may say what pictures show. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What a list says: of named pictures, or of numbered ones, in ILSVRC's own ids. */
export type TruthList =
  | { readonly kind: 'named'; readonly rows: readonly ListRow[] }
  /** The id of picture 1, 2, …: 1 to 1,000, in the development kit's order. */
  | { readonly kind: 'ilsvrc'; readonly ids: readonly number[] }
  /** Which WordNet id an ILSVRC id stands for. */
  | { readonly kind: 'ilsvrc-ids'; readonly wnids: ReadonlyMap<number, string> };

export interface ListRow {
  /** Name or path of the picture, with or without its ending. */
  readonly name: string;
  /** Index, WordNet id or name of the class. */
  readonly label: string;
}

/** Names of files that belong to data sets and say nothing of single pictures. */
const NO_LIST = /((^|\/)(wnids|words|readme|licen[cs]e|classes|synset_words)|_boxes)(\.\w+)?$/i;

/** Whether a file may be a list, by its name. */
export function mayBeList(path: string): boolean {
  return /\.(txt|csv|tsv)$/i.test(path) && !NO_LIST.test(path);
}

const NAME_COLUMN = /^(path|paths|file|files|file_?name|image|image_?id|picture|name|img|id)$/i;
const LABEL_COLUMN =
  /^(label|labels|label_?name|class|class_?id|class_?name|index|target|truth|wnid|synset|category|predictionstring)$/i;

/**
 * Reads a list: comma, semicolon, tab or space between picture and class, with or without a heading;
 * further columns (Tiny-ImageNet's boxes) are left alone. Null for a text that is no list.
 */
export function parseList({ path, text }: TextFile): TruthList | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [first] = lines;
  if (first === undefined) return null;
  if (lines.every((line) => WHOLE_NUMBER.test(line.trim())))
    return { kind: 'ilsvrc', ids: lines.map(Number) };
  const ids = lines.map((line) => /^(n\d{8})\s+(\d{1,4})\b/.exec(line.trim()));
  if (ids.every((found) => found !== null))
    return {
      kind: 'ilsvrc-ids',
      wnids: new Map(ids.map((found) => [Number(found[2]), found[1] ?? ''])),
    };
  const rows = rowsOf(path, text, lines);
  return rows.length > 0 ? { kind: 'named', rows } : null;
}

function rowsOf(path: string, text: string, lines: readonly string[]): ListRow[] {
  const [first = ''] = lines;
  const delimiter = [/\t/, /;/, /,/].find((one) => one.test(first))?.source;
  if (delimiter === undefined || (delimiter === ',' && /\.txt$/i.test(path) && !/,\S/.test(first)))
    return lines.flatMap(spacedRow);
  const table = dsvFormat(delimiter === '\\t' ? '\t' : delimiter).parseRows(text);
  const [heading = []] = table;
  const nameColumn = heading.findIndex((cell) => NAME_COLUMN.test(cell.trim()));
  const labelColumn = heading.findIndex(
    (cell, i) => i !== nameColumn && LABEL_COLUMN.test(cell.trim()),
  );
  const hasHeading = nameColumn >= 0 && labelColumn >= 0;
  return table.slice(hasHeading ? 1 : 0).flatMap((cells) => {
    const name = cells[hasHeading ? nameColumn : 0]?.trim() ?? '';
    const label = firstWord(cells[hasHeading ? labelColumn : 1]?.trim() ?? '');
    return name === '' || label === '' ? [] : [{ name, label }];
  });
}

/** `NAME 65`, `NAME n01751748` and `NAME class name`. */
function spacedRow(line: string): ListRow[] {
  const [, name, label] = /^\s*(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
  return name === undefined || label === undefined ? [] : [{ name, label: firstWord(label) }];
}

/** Of `n03995372 85 1 499 272` the id: Kaggle's list has a box behind it. */
function firstWord(label: string): string {
  const [word = ''] = label.split(/\s+/);
  return WNID.test(word) ? word : label;
}
