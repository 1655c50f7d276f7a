/** What a figure can be copied as. */
export const COPY_FORMATS = ['svg', 'png', 'csv'] as const;
export type CopyFormat = (typeof COPY_FORMATS)[number];
