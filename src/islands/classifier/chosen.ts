/** The weights that are to run. */
import type { OpenOptions } from '../../engine/client.ts';
import type { RemoteFile } from '../../weights/download.ts';
import type { OfficialWeights } from './official.ts';
import { meaningOf, type Settings } from './settings.ts';
import type { CheckpointChoice } from './state.ts';

/** The weights of the page, with the address of PyTorch's numbers for them where they are stored. */
export type ShippedWeights = RemoteFile & {
  readonly id: string;
  readonly goldenUrl?: string | undefined;
};

/** The weights to run, by where they come from. */
export type Weights =
  | { readonly kind: 'shipped'; readonly file: ShippedWeights }
  | { readonly kind: 'official'; readonly file: OfficialWeights }
  | { readonly kind: 'local'; readonly file: File; readonly settings: Settings | null };

/** The same, as the panel tells it. */
export function choiceOf(weights: Weights | null): CheckpointChoice {
  if (!weights) return { kind: 'none' };
  if (weights.kind === 'local')
    return { kind: 'local', fileName: weights.file.name, settings: weights.settings };
  return { kind: weights.kind, id: weights.file.id };
}

/** What is known of weights beyond what their file says. */
export function meaningFor(weights: Weights): Pick<OpenOptions, 'meaning' | 'channelOrder'> {
  if (weights.kind === 'shipped') return {};
  if (weights.kind === 'official') return { meaning: weights.file.meaning };
  const { settings } = weights;
  return settings ? { meaning: meaningOf(settings), channelOrder: settings.channelOrder } : {};
}

/** By what a network's trial is remembered. */
export function nameOf(weights: Weights): string {
  return weights.kind === 'local' ? `${weights.file.name} ${weights.file.size}` : weights.file.id;
}

/** Bytes of the file. */
export function sizeOf(weights: Weights): number {
  return weights.kind === 'local' ? weights.file.size : weights.file.bytes;
}
