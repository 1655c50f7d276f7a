import { findModel, modelOf } from './models.ts';

/** How many variants can stand side by side. */
export const FEWEST = 2;
export const MOST = 4;

/** What the comparison shows unasked. */
export const DEFAULT_COMPARED: readonly string[] = ['regnetx_004', 'regnetx_008'];

/** Variants as the query of an address: `?models=regnetx_004,regnetx_008`. */
export function compareQuery(ids: readonly string[]): string {
  return `?models=${ids.join(',')}`;
}

/**
 * Reads the variants of a comparison, by id, name or alias, from the query of an address. What
 * cannot be used is left out with a sentence; too few are filled up from the default.
 */
export function readCompareQuery(search: string): { ids: string[]; problems: string[] } {
  const asked = new URLSearchParams(search).get('models');
  if (asked === null) return { ids: [...DEFAULT_COMPARED], problems: [] };
  const problems: string[] = [];
  const ids: string[] = [];
  for (const name of asked.split(',').filter((part) => part.trim() !== '')) {
    const model = findModel(name);
    if (!model) problems.push(`No variant is called “${name}”.`);
    else if (ids.includes(model.id)) problems.push(`${model.name} is named twice.`);
    else if (ids.length === MOST)
      problems.push(`Only ${MOST} fit side by side: ${model.name} is left out.`);
    else ids.push(model.id);
  }
  const spare = DEFAULT_COMPARED.filter((id) => !ids.includes(id));
  const added = spare.slice(0, Math.max(0, FEWEST - ids.length));
  if (added.length > 0) {
    const names = added.map((id) => modelOf(id).name).join(' and ');
    problems.push(
      `A comparison needs ${FEWEST} variants: ${names} fill${added.length === 1 ? 's' : ''} the place.`,
    );
  }
  return { ids: [...ids, ...added], problems };
}

/** Variants after a tick: added at the end or taken out, never fewer or more than fit. */
export function toggled(ids: readonly string[], id: string): readonly string[] {
  if (ids.includes(id)) return ids.length > FEWEST ? ids.filter((other) => other !== id) : ids;
  return ids.length < MOST ? [...ids, id] : ids;
}

/** Variants with this one first: the others are compared against it. */
export function ledBy(ids: readonly string[], id: string): readonly string[] {
  return [id, ...ids.filter((other) => other !== id)];
}
