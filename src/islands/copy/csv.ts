import { csvFormatRows } from 'd3-dsv';

/** A number as the site writes it: thousands separators, a true minus, a sign, a per cent. */
const NUMBER = /^[±+\u2212-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?$/;

/**
 * A table of texts as CSV that a program can read: numbers lose separators and signs that only
 * people need; a column of per cents names them in its head instead; what is absent is empty.
 */
export function csvOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const isPercent = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => /\d%$/.test(row[column] ?? '')),
  );
  const heads = head.map((text, column) => (isPercent[column] ? `${text}, %` : text));
  return csvFormatRows([heads, ...rows.map((row) => row.map(plain))]);
}

function plain(text: string): string {
  if (text === '–') return '';
  if (!NUMBER.test(text)) return text.replaceAll('\u00a0', ' ');
  return text.replace(/[,%±+]/g, '').replace('\u2212', '-');
}
