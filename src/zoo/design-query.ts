import { DesignError, PARAMETERS, validateDesign, type Design } from '../regnet/index.ts';

/** All that an address may say of a design. */
export const DESIGN_PARAMETERS = PARAMETERS.map(({ symbol }) => symbol);

/** A design as the query of an address: `?d=13&w0=24&wa=36.44&wm=2.49&g=8`. */
export function designQuery(design: Design): string {
  return `?${PARAMETERS.map(({ key, symbol }) => `${symbol}=${design[key]}`).join('&')}`;
}

/** A design read from an address, and a sentence for each parameter that could not be used. */
export interface ReadDesign {
  readonly design: Design;
  readonly problems: readonly string[];
}

/**
 * Reads a design from the query of an address. A parameter that is missing, is no number, or cannot
 * exist takes its value from `fallback`; only the missing ones do so silently.
 */
export function readDesignQuery(search: string, fallback: Design): ReadDesign {
  const query = new URLSearchParams(search);
  const problems: string[] = [];
  let design: Design = fallback;
  const read = new Set<keyof Design>();
  for (const { key, symbol } of PARAMETERS) {
    const text = query.get(symbol);
    if (text === null) continue;
    const value = parseNumber(text);
    if (value === null) {
      problems.push(`In the address, ${symbol} is “${text}”, which is no number.`);
      continue;
    }
    design = { ...design, [key]: value };
    read.add(key);
  }
  for (;;) {
    const refused = refusal(design);
    if (!refused) break;
    problems.push(`In the address, ${refused.message}`);
    const culprit = PARAMETERS.find(({ key }) => key === refused.parameter)?.key;
    // Where the culprit alone is not to blame, or is the fallback itself, nothing of the rest holds.
    if (!culprit || !read.delete(culprit)) return { design: fallback, problems };
    design = { ...design, [culprit]: fallback[culprit] };
  }
  return { design, problems };
}

/** A number as people write it, or null: an empty text and `Infinity` are none. */
export function parseNumber(text: string): number | null {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Why a design cannot exist, or null. */
export function refusal(design: Design): DesignError | null {
  try {
    validateDesign(design);
    return null;
  } catch (error) {
    if (error instanceof DesignError) return error;
    throw error;
  }
}

/** What the paper asks of a RegNetX beyond what the rule needs, where this design does not comply. */
export function outsideThePaper(design: Design, stages: number): string[] {
  const sentences: string[] = [];
  const { depth, wm } = design;
  if (depth < PAPER.depth[0] || depth > PAPER.depth[1])
    sentences.push(
      `The paper keeps d between ${PAPER.depth[0]} and ${PAPER.depth[1]} blocks; here it is ${depth}.`,
    );
  if (wm < PAPER.wm) sentences.push(`The paper keeps wm at ${PAPER.wm} or more; here it is ${wm}.`);
  if (stages !== PAPER.stages)
    sentences.push(
      `The paper’s spaces have ${PAPER.stages} stages (it also tries 5 in section 3.4 and 3 in appendix B); this one has ${stages}.`,
    );
  return sentences;
}

/** The RegNetX space of the paper (section 3.3 and 4): the bottleneck ratio is 1 besides. */
export const PAPER = { depth: [12, 28], wm: 2, stages: 4 } as const;
