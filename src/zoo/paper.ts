/** The paper that the family is from, as it is cited. CITATION.cff says the same. */
export const PAPER = {
  title: 'Designing Network Design Spaces',
  arxiv: '2003.13678',
  url: 'https://arxiv.org/abs/2003.13678',
  /** Of the proceedings, CVPR 2020. */
  doi: '10.1109/CVPR42600.2020.01044',
} as const;
