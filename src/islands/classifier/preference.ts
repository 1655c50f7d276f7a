/** What this device remembers of computing; where it may remember nothing, everything works without. */
import { isSoftwareRenderer } from '../../zoo/renderer.ts';
import type { BackendName } from '../../engine/backend.ts';
import { WAYS, type Way, type WayId } from './ways.ts';

const OWN_KEY = 'rx-way';
const TRIALS_KEY = 'rx-trials';
/** Trials of so many networks are remembered. */
const MOST_TRIALS = 32;

/** Median milliseconds of a pass, in both ways, on one renderer with one network. */
export interface Trial {
  readonly webgl: number;
  readonly wasm: number;
}

/**
 * The way that the address asks for (`?backend=wasm`), else the visitor's own choice of an earlier
 * visit; null where the page chooses, and when the site is built.
 */
export function firstWay(): Way | null {
  if (typeof location === 'undefined') return null;
  const named = (name: string | null) => WAYS.find(({ id }) => id === name);
  return named(new URLSearchParams(location.search).get('backend')) ?? named(read(OWN_KEY)) ?? null;
}

/** Remembers the visitor's choice; null leaves it to the page again. */
export function rememberWay(id: WayId | null): void {
  write(OWN_KEY, id);
}

/** What a trial of this network on this renderer came to; null before there was one. */
export function rememberedTrial(renderer: string, network: string): Trial | null {
  return trials()[`${renderer} ${network}`] ?? null;
}

export function rememberTrial(renderer: string, network: string, trial: Trial): void {
  const all = { ...trials(), [`${renderer} ${network}`]: trial };
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
    'webgl' in value &&
    'wasm' in value &&
    typeof value.webgl === 'number' &&
    typeof value.wasm === 'number'
  );
}

/** What the page computes with, and why it is not WebGL, in a sentence; null when it is. */
export interface Chosen {
  readonly backend: BackendName;
  readonly because: string | null;
}

/** Less than this is no reason to leave the graphics processor, which leaves the processor free. */
const WORTH_IT = 1.2;

/**
 * What is quickest on this device, by what renders WebGL (null: nothing) and by a trial where there
 * was one.
 */
export function quickest(renderer: string | null, trial: Trial | null): Chosen {
  if (renderer === null)
    return {
      backend: 'wasm',
      because: 'This browser offers no WebGL2, so WebAssembly computes.',
    };
  if (isSoftwareRenderer(renderer))
    return {
      backend: 'wasm',
      because: 'WebGL is rendered in software here, so WebAssembly computes: it is quicker.',
    };
  if (trial && trial.wasm * WORTH_IT < trial.webgl)
    return {
      backend: 'wasm',
      because: `WebAssembly computes: in a trial on this device it took ${ms(trial.wasm)}, WebGL ${ms(trial.webgl)}.`,
    };
  return { backend: 'webgl', because: null };
}

/** What chooses for a network, and tells why, once it is known what renders WebGL here. */
export function chooserOf(network: string, tell: (because: string | null) => void) {
  return (renderer: string | null): BackendName => {
    const trial = renderer === null ? null : rememberedTrial(renderer, network);
    const { backend, because } = quickest(renderer, trial);
    tell(because);
    return backend;
  };
}

const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

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
