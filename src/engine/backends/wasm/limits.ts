import { PAGE } from './assembler.ts';

/** A gibibyte: twice what the largest variant needs. Phones refuse to set more aside. */
export const MAXIMUM_PAGES = 16384;

/** What the memory of a network may grow to. */
export const wasmLimits = { kind: 'memory', bytes: MAXIMUM_PAGES * PAGE } as const;
