import { format } from 'd3-format';

/** A whole number with thousands separators: `199,040,872`. */
export const formatInteger: (count: number) => string = format(',d');
