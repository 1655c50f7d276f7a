/** How the name of a set of published weights ends: who trained them, where they are had. */
export const ENDINGS = {
  /** The paper's authors', in timm. */
  pyclsInTimm: '.pycls_in1k',
  /** torchvision's second, in timm. */
  v2InTimm: '.tv2_in1k',
  /** torchvision's first and second, in torchvision. */
  v1: 'IMAGENET1K_V1',
  v2: 'IMAGENET1K_V2',
} as const;
