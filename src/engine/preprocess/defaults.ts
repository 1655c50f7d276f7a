import type { Preprocessing } from '../../checkpoints/description.ts';

/**
 * What is assumed of a checkpoint that does not describe itself: torchvision's reference evaluation.
 * RGB holds for all, as checkpoints that took BGR are flipped on reading.
 */
export const DEFAULT_PREPROCESSING: Preprocessing = {
  resize: 256,
  crop: 224,
  interpolation: 'bilinear',
  channelOrder: 'RGB',
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};
