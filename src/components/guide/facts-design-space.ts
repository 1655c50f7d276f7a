/** Words and numbers of the guide to the design space. */
import { formatInteger } from '../../charts/shared/format.ts';
import { stagesOf } from '../../regnet/index.ts';
import { modelOf, models } from '../../zoo/models.ts';
import { citation } from '../../zoo/results.ts';
import { torchvision } from '../../zoo/sources.ts';
import { ties, widthSteps, type WidthStep } from './rounding.ts';
import { inWords } from './words.ts';

/** The variant that the guide follows block by block. */
export const example = modelOf('regnetx_002');
const { depth, w0, wa, wm, groupWidth } = example.design;

/** Its design parameters as a formula. */
export const parameters = `d=${depth} \\quad w_0=${w0} \\quad w_a=${wa} \\quad w_m=${wm} \\quad g=${groupWidth}`;

/** The block whose exponent is nearest to a half above: the one that only just opens a stage. */
const step = widthSteps(example.design)
  .filter((s) => s.exponent > s.exactExponent)
  .reduce((a: WidthStep, b) =>
    b.exponent - b.exactExponent > a.exponent - a.exactExponent ? b : a,
  );
const eights = step.power / 8;
export const block = {
  index: step.index,
  stage: step.stage,
  continuous: step.continuous.toFixed(2),
  exponent: step.exponent,
  exact: `${w0} \\cdot ${wm}^{${step.exactExponent.toFixed(3)}}`,
  power: `${w0} \\cdot ${wm}^${step.exponent}=${step.power.toFixed(2)}`,
  eights: eights.toFixed(1),
  wholeEights: step.quantised / 8,
  width: step.quantised,
  surplus: `${Math.round((step.quantised / step.continuous - 1) * 100)}%`,
};

/** Ties among the widths of the family, and those whose rounding decides. */
export const stageCount = models.flatMap((m) => stagesOf(m.design)).length;
export const tieCount = inWords(ties().length);
export const decidingCount = inWords(ties().filter((t) => t.width !== t.upWidth).length);

/** torchvision's count for its 400MF. */
export const theirs = citation(torchvision, 'regnetx_004', 'params');
export const theirsText = formatInteger(theirs.figure.value);

const depths = models.map((m) => m.design.depth);
const multipliers = models.map((m) => m.design.wm);
export const minDepth = Math.min(...depths);
export const maxDepth = Math.max(...depths);
export const minMultiplier = Math.min(...multipliers).toFixed(2);
export const maxMultiplier = Math.max(...multipliers).toFixed(2);
