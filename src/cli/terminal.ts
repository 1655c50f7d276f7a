/**
 * What people read. Names come from files and may hold anything, so every line for people passes
 * through `visible`; JSON says the same with escapes of its own.
 */

/** Controls, formats (bidi overrides, zero width), surrogates, unassigned; line and paragraph ends. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text with every character that is not seen, or that moves others, as an escape: `\n`, `\u{1b}`. */
export function visible(text: string): string {
  return text.replaceAll(
    INVISIBLE,
    (character) => SHORT[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Writes lines for people. */
export function printLines(lines: readonly string[]): void {
  process.stdout.write(`${lines.map(visible).join('\n')}\n`);
}

/** Writes one JSON document. What a terminal could obey is a `\u` escape, which reads as the same. */
export function printJson(document: object): void {
  const json = JSON.stringify(document, null, 2);
  const safe = json.replaceAll(INVISIBLE, (character) =>
    character === '\n' ? character : unicodeEscapes(character),
  );
  process.stdout.write(`${safe}\n`);
}

/** Writes one line to standard error. */
export function complain(message: string): void {
  process.stderr.write(`${visible(message)}\n`);
}

function unicodeEscapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}
