/**
 * Formulas as MathML, written in the small part of TeX that the guides need: letters, numbers,
 * operators, `_` and `^` with `{…}`, `\frac{…}{…}`, `\text{…}`, and the commands below. There is no root:
 * without a mathematical font browsers draw none.
 */
const OPERATORS: Readonly<Record<string, string>> = { cdot: '·', ge: '≥', gets: '←' };
/** Names of functions: upright, and a thin space before an argument without parentheses. */
const FUNCTIONS = new Set(['log', 'round', 'min']);
const MINUS = '−';

const TOKEN = /\\text\{(?<text>[^}]*)\}|\\(?<command>[a-z]+)|(?<number>\d+(?:\.\d+)?)|(?<sign>\S)/g;

const KINDS = ['text', 'command', 'number', 'sign'] as const;

interface Token {
  readonly kind: (typeof KINDS)[number];
  readonly value: string;
}

function tokensOf(tex: string): Token[] {
  return [...tex.matchAll(TOKEN)].flatMap((match) => {
    const groups = match.groups as Partial<Record<Token['kind'], string>>;
    const kind = KINDS.find((k) => groups[k] !== undefined) ?? 'sign';
    return { kind, value: groups[kind] ?? '' };
  });
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The inside of a `<math>` element for a formula. Throws a SyntaxError that shows the formula. */
export function mathml(tex: string): string {
  const tokens = tokensOf(tex);
  let at = 0;

  const fail = (what: string): never => {
    throw new SyntaxError(`${what} in the formula: ${tex}`);
  };
  const takes = (sign: string): boolean => {
    const found = tokens[at]?.kind === 'sign' && tokens[at]?.value === sign;
    if (found) at += 1;
    return found;
  };
  const group = (): string => {
    if (!takes('{')) return fail('A { is missing');
    const inside = row('}');
    if (!takes('}')) return fail('A } is missing');
    return inside;
  };

  function row(end?: string): string {
    const parts: string[] = [];
    while (at < tokens.length && !(tokens[at]?.kind === 'sign' && tokens[at]?.value === end))
      parts.push(scripted());
    return parts.length === 1 ? (parts[0] ?? '') : `<mrow>${parts.join('')}</mrow>`;
  }

  function scripted(): string {
    const base = atom();
    const below = takes('_') ? atom() : null;
    const above = takes('^') ? atom() : null;
    if (below !== null && above !== null) return `<msubsup>${base}${below}${above}</msubsup>`;
    if (below !== null) return `<msub>${base}${below}</msub>`;
    return above === null ? base : `<msup>${base}${above}</msup>`;
  }

  function atom(): string {
    const token = tokens[at];
    if (!token) return fail('Something is missing at the end');
    const { kind, value } = token;
    if (kind === 'sign' && value === '{') return group();
    at += 1;
    if (kind === 'number') return `<mn>${value}</mn>`;
    if (kind === 'text') return `<mtext>${escape(value)}</mtext>`;
    if (kind === 'command') return command(value);
    if (/[A-Za-zα-ω]/.test(value)) return `<mi>${value}</mi>`;
    if ('}_^'.includes(value)) return fail(`A stray ${value}`);
    return `<mo>${value === '-' ? MINUS : escape(value)}</mo>`;
  }

  function command(name: string): string {
    if (name === 'frac') return `<mfrac>${group()}${group()}</mfrac>`;
    if (name === 'quad') return '<mspace width="1em"/>';
    const operator = OPERATORS[name];
    if (operator !== undefined) return `<mo>${operator}</mo>`;
    if (!FUNCTIONS.has(name)) return fail(`The command \\${name} is not known`);
    const opens = tokens[at]?.kind === 'sign' && tokens[at]?.value === '(';
    return `<mi mathvariant="normal">${name}</mi>${opens ? '' : '<mspace width="0.17em"/>'}`;
  }

  const result = row();
  return at === tokens.length ? result : fail('Something is left over');
}
