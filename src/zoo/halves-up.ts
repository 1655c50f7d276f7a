import { blockWidths, layersOf, stagesOf, type Design, type Layer } from '../regnet/index.ts';

/**
 * The network that comes out when the last rounding of widths, to a multiple of the group width,
 * takes halves up (torchvision's `_make_divisible`) instead of to even (numpy, pycls). Of the
 * variants that torchvision trained, it differs for 400MF alone, whose last stage becomes 400 wide.
 */
export function layersWithHalvesUp(design: Design): Layer[] {
  const widths = blockWidths(design).map((b) => b.quantised);
  const quantised = widths.filter((width, j) => width !== widths[j - 1]);
  const stages = stagesOf(design).map((stage, index) => {
    const groups = Math.floor((quantised[index] ?? stage.width) / stage.groupWidth + 0.5);
    return { ...stage, groups, width: groups * stage.groupWidth };
  });
  return layersOf(stages);
}
