import { runsOf, type Design, type Stage } from './design.ts';

/**
 * The only network that torchvision trained and that is another than the paper's, under timm's name:
 * its last stage is 400 wide instead of 384. `of` is the variant whose parameters it has.
 */
export const TORCHVISION_400MF = { id: 'regnetx_004_tv', of: 'regnetx_004' } as const;

/**
 * The stages as torchvision makes them: the last rounding of widths, to a multiple of the group width,
 * takes halves up instead of to even, and rounds up where rounding down loses more than a tenth
 * (torchvision/models/_utils.py, `_make_divisible`). Throws a DesignError for an impossible design.
 */
export function torchvisionStagesOf(design: Design): Stage[] {
  return runsOf(design).map(({ quantised, depth }) => {
    const groupWidth = Math.min(design.groupWidth, quantised);
    const near = Math.max(1, Math.floor(Math.trunc(quantised + groupWidth / 2) / groupWidth));
    const groups = near * groupWidth < 0.9 * quantised ? near + 1 : near;
    return { width: groups * groupWidth, depth, groups, groupWidth };
  });
}
