/** Words and numbers of the accuracy page, computed from the published figures. */
import { mean } from 'd3-array';
import { formatDifference, formatInteger, formatShare } from '../../charts/shared/format.ts';
import { isRounding, printedRows, reevaluations, reevaluationsOfV2 } from '../../zoo/evaluation.ts';
import { models } from '../../zoo/models.ts';
import { pycls, torchvision } from '../../zoo/sources.ts';
import { trainingGroups } from '../../zoo/training.ts';
import { VALIDATION_PICTURES } from '../../zoo/verdict.ts';
import { inWords } from '../guide/words.ts';

const rows = printedRows();
const again = reevaluations();
const gaps = rows.map((row) => Math.abs(row.verdict.difference));
const shifts = again.map((row) => Math.abs(row.shift));
const shiftsOfV2 = reevaluationsOfV2().map((row) => Math.abs(row.shift));
const misprints = rows.filter((row) => !isRounding(row));
const points = (
  values: readonly number[],
  pick: (values: readonly number[]) => number | undefined,
) => (pick(values) ?? 0).toFixed(2);
const least = (values: readonly number[]) => Math.min(...values);
const most = (values: readonly number[]) => Math.max(...values);
const names = (list: readonly { model: { name: string } }[]) =>
  list.map((row) => row.model.name).join(' and ');

export const variants = inWords(models.length);
export const pictures = formatInteger(VALIDATION_PICTURES);

/** The differences: how many chance does not explain, and their middle size. */
export const outsideCount = inWords(rows.filter((row) => row.verdict.outside).length);
export const meanGap = points(gaps, mean);

/** timm's measurements of the official weights against pycls's. */
export const lower = inWords(again.filter((row) => row.shift < 0).length);
export const meanShift = points(shifts, mean);

/** What timm's measurement makes of the verdicts outside of the band. */
export const reversed = again
  .filter((row) => row.againstPycls.outside)
  .map(({ model, againstTimm: { difference, outside: still, band } }) => {
    const verdict = still ? 'still outside of' : 'within';
    return `the difference of ${model.name} becomes ${formatDifference(difference)}, ${verdict} its band of ±${band.toFixed(2)}`;
  })
  .join(', and ');

/** The same for torchvision's V2 weights. */
export const countOfV2 = inWords(shiftsOfV2.length);
export const smallestShiftOfV2 = points(shiftsOfV2, least);
export const largestShiftOfV2 = points(shiftsOfV2, most);

/** Rows of d-li14's table whose official accuracy is the exact one, rounded; and the others. */
export const rounded = inWords(rows.length - misprints.length);
export const misprinted = names(misprints);

/** The variants whose batches differ, with their differences. */
export const otherBatches = trainingGroups()
  .filter((group) => group.differs)
  .flatMap((group) => group.models);
export const differencesOfOtherBatches = otherBatches
  .map(({ id }) =>
    formatDifference(rows.find((row) => row.model.id === id)?.verdict.difference ?? 0),
  )
  .join(' and ');

/** What a protocol's crop leaves of a picture's shorter side: `224 out of 256 pixels`, and the share. */
function cropOf(protocol: { resize: number | null; crop: number | null } | undefined) {
  const { resize, crop } = protocol ?? {};
  if (!resize || !crop) throw new Error('A protocol without sizes says nothing about its crop.');
  return { words: `${crop} out of ${resize} pixels`, share: formatShare(crop / resize) };
}

/** The crop that most measure with, and the widest. */
export const usualCrop = cropOf(pycls.protocols.pycls);
export const wideCrop = cropOf(torchvision.protocols.v2);
