/** Which backend a page computes with: what is quickest on this device, by trial and not by name. */
import type { BackendName } from '../../engine/backend.ts';
import { backendOf, BACKENDS, type Found } from '../../engine/backends/index.ts';
import type { ClassifierInfo } from '../../engine/types.ts';
import { contendersIn } from '../../zoo/renderer.ts';
import type { Trial } from './preference.ts';

/** What the page computes with, and why it is not the usual, in a sentence; null when it is. */
export interface Chosen {
  readonly backend: BackendName;
  readonly because: string | null;
}

/** Less than this is no reason to leave what usually is quickest. */
const WORTH_IT = 1.2;
/** Heavier networks are a graphics processor's; a second copy would only take memory. */
const MOST_BYTES = 64e6;

/** By what a device's trials are remembered: the names of its graphics processors. */
export function deviceOf(found: Found): string {
  const names = BACKENDS.filter(({ gpu }) => gpu).map(({ id }) => found[id]);
  return [...new Set(names.filter((name) => name !== undefined))].join(' + ');
}

/** What is quickest on this device, by what it has and by trials as far as there were any. */
export function quickest(found: Found, trial: Trial): Chosen {
  const contenders = contendersIn(BACKENDS, found);
  const [usual] = contenders;
  if (usual === undefined) return { backend: 'cpu', because: NOTHING };
  const timed = contenders
    .flatMap((id) => {
      const ms = trial[id];
      return ms === undefined ? [] : [{ id, ms }];
    })
    .sort((a, b) => a.ms - b.ms);
  const [best] = timed;
  const usualMs = trial[usual];
  if (best && usualMs !== undefined && best.ms * WORTH_IT < usualMs)
    return { backend: best.id, because: inTrial(best, { id: usual, ms: usualMs }) };
  return { backend: usual, because: whyNotFirst(usual, found) };
}

/**
 * Which backends a trial should time yet, once a network runs: all that the device has beside the one
 * that computes, unless the network is heavy or numbers are not stored as usual.
 */
export function rivalsOf(
  { backend, precision }: Pick<ClassifierInfo, 'backend' | 'precision'>,
  { found, trial, bytes }: { readonly found: Found; readonly trial: Trial; readonly bytes: number },
): BackendName[] {
  const contenders = contendersIn(BACKENDS, found);
  if (!contenders.includes(backend) || precision !== backendOf(backend).precisions[0]) return [];
  if (bytes > MOST_BYTES) return [];
  return contenders.filter((id) => id !== backend && trial[id] === undefined);
}

interface Timed {
  readonly id: BackendName;
  readonly ms: number;
}

function inTrial(best: Timed, usual: Timed): string {
  const [a, b] = [backendOf(best.id), backendOf(usual.id)];
  return `${a.label} computes: in a trial on this device it took ${ms(best.ms)}, ${b.label} ${ms(usual.ms)}.`;
}

/** Why the first of the table does not compute; null when it does. */
function whyNotFirst(chosen: BackendName, found: Found): string | null {
  const [first] = BACKENDS;
  if (!first || first.id === chosen) return null;
  const { label } = backendOf(chosen);
  return found[first.id] === undefined
    ? `This browser offers no ${first.needs}, so ${label} computes.`
    : `${first.label} is rendered in software here, so ${label} computes: it is quicker.`;
}

const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

const NOTHING = 'This browser offers nothing quicker, so plain loops compute.';
