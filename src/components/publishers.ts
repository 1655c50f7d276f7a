/** Who offers weights, by the source that the catalogue names. */
export const PUBLISHERS = {
  pycls: 'pycls',
  timm: 'timm on the Hugging Face hub',
  torchvision: 'torchvision',
  mmpretrain: 'MMPretrain',
  'd-li14': 'd-li14',
} as const;
