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

const WIDTH = 72;
const LONGEST_TEXT = 40;

/**
 * A value as JSON with comments: what fits stands on one line, long texts are cut, and an Excerpt
 * ends with a comment on what is left out.
 */
export function toReadableJson(value: unknown, indent = ''): string {
  if (typeof value === 'string') {
    const text = value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
    return JSON.stringify(text);
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const list: readonly unknown[] | null =
    value instanceof Excerpt ? value.first : Array.isArray(value) ? value : null;
  const entries = list
    ? list.map((entry) => toReadableJson(entry, inner))
    : Object.entries(value).map(
        ([key, entry]) => `${JSON.stringify(key)}: ${toReadableJson(entry, inner)}`,
      );
  const [open, close, space] = list ? ['[', ']', ''] : ['{', '}', ' '];
  const more = value instanceof Excerpt ? value.more : 0;
  const line = `${open}${space}${entries.join(', ')}${space}${close}`;
  if (more === 0 && !line.includes('\n') && indent.length + line.length <= WIDTH) return line;
  const comment = more === 0 ? '' : `\n${inner}// ${more} more`;
  return `${open}\n${inner}${entries.join(`,\n${inner}`)}${comment}\n${indent}${close}`;
}
