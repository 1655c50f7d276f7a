/** What this device remembers of computing; where it may remember nothing, everything works without. */
import type { BackendName } from '../../engine/backend.ts';
import { wayOf, type Way, type WayId } from './ways.ts';

const OWN_KEY = 'rx-way';
const TRIALS_KEY = 'rx-trials';
/** Trials of so many networks are remembered. */
const MOST_TRIALS = 32;

/** Median milliseconds of a pass by backend, on one device with one network. */
export type Trial = Readonly<Partial<Record<BackendName, number>>>;

/**
 * The way that the address asks for (`?backend=wasm`), else the visitor's own choice of an earlier
 * visit; null where the page chooses, and when the site is built.
 */
export function firstWay(): Way | null {
  if (typeof location === 'undefined') return null;
  const asked = new URLSearchParams(location.search).get('backend');
  return wayOf(asked) ?? wayOf(read(OWN_KEY)) ?? null;
}

/** Remembers the visitor's choice; null leaves it to the page again. */
export function rememberWay(id: WayId | null): void {
  write(OWN_KEY, id);
}

/** What trials of this network on this device came to; empty before there was one. */
export function rememberedTrial(device: string, network: string): Trial {
  return trials()[`${device} ${network}`] ?? {};
}

/** Adds to what is remembered of this network on this device. */
export function rememberTrial(device: string, network: string, trial: Trial): void {
  const key = `${device} ${network}`;
  const { [key]: earlier, ...others } = trials();
  const all = { ...others, [key]: { ...earlier, ...trial } };
  write(TRIALS_KEY, JSON.stringify(Object.fromEntries(Object.entries(all).slice(-MOST_TRIALS))));
}

function trials(): Readonly<Record<string, Trial>> {
  try {
    const stored: unknown = JSON.parse(read(TRIALS_KEY) ?? '{}');
    const entries = Object.entries(stored as Record<string, unknown>);
    return Object.fromEntries(
      entries.filter((entry): entry is [string, Trial] => isTrial(entry[1])),
    );
  } catch {
    return {};
  }
}

function isTrial(value: unknown): value is Trial {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((ms) => typeof ms === 'number')
  );
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Nothing is remembered then.
  }
}
