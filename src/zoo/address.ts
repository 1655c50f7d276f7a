import { findModel, type Model } from './models.ts';

/**
 * The variant that a path names in its last parts, such as `/models/regnet_x_400mf/` or
 * `/models/400MF.html`; undefined when there is none.
 */
export function modelInAddress(path: string): Model | undefined {
  const words = path
    .split('/')
    .map(decoded)
    .filter((word) => word !== '');
  return words.reverse().flatMap((word) => findModel(word) ?? [])[0];
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
