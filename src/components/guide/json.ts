/** JSON for people: shortened, and as compact as the width of a column allows. */

/** The first entries of a list, and how many more there are. */
export class Excerpt {
  readonly first: readonly unknown[];
  readonly more: number;
  constructor(list: readonly unknown[], keep = 1) {
    this.first = list.slice(0, keep);
    this.more = list.length - this.first.length;
  }
}

const WIDTH = 76;
const LONGEST_TEXT = 40;

/**
 * A value as JSON with comments: what fits stands on one line, plain values share lines, long texts
 * are cut, and an Excerpt ends with a comment on what is left out. `column` is where it begins.
 */
export function toReadableJson(value: unknown, indent = '', column = indent.length): string {
  if (typeof value === 'string') {
    const text = value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
    return JSON.stringify(text);
  }
  if (!isContainer(value)) return JSON.stringify(value);
  const inner = `${indent}  `;
  const list: readonly unknown[] | null =
    value instanceof Excerpt ? value.first : Array.isArray(value) ? value : null;
  const entries = list
    ? list.map((entry) => toReadableJson(entry, inner))
    : Object.entries(value).map(([key, entry]) => {
        const start = `${JSON.stringify(key)}: `;
        return start + toReadableJson(entry, inner, inner.length + start.length);
      });
  const [open, close, space] = list ? ['[', ']', ''] : ['{', '}', ' '];
  const more = value instanceof Excerpt ? value.more : 0;
  const line = `${open}${space}${entries.join(', ')}${space}${close}`;
  if (more === 0 && !line.includes('\n') && column + line.length < WIDTH) return line;
  const plain = !Object.values(list ?? value).some(isContainer);
  const body = plain ? fill(entries, inner) : entries.join(`,\n${inner}`);
  const comment = more === 0 ? '' : `\n${inner}// ${more} more`;
  return `${open}\n${inner}${body}${comment}\n${indent}${close}`;
}

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

/** Entries side by side, as many as fit on a line. */
function fill(entries: readonly string[], indent: string): string {
  const lines: string[] = [];
  for (const entry of entries) {
    const longer = `${lines.at(-1) ?? ''}, ${entry}`;
    if (lines.length > 0 && indent.length + longer.length < WIDTH) lines[lines.length - 1] = longer;
    else lines.push(entry);
  }
  return lines.join(`,\n${indent}`);
}
