/** The figures of the guide to recounts. */
import { ALPHA, MARGIN } from '../../recount/sequential.ts';

/** In percent. */
export const level = `${100 * (1 - ALPHA)}%`;
export const alpha = `${100 * ALPHA}%`;
/** By how much less believable what is excluded has become. */
export const times = String(1 / ALPHA);
/** Percentage points. */
export const margin = String(100 * MARGIN);
