/** Words and numbers of the guides to reading a page and a difference, from the published figures. */
import { formatAccuracy, formatDifference, formatInteger } from '../../charts/shared/format.ts';
import { deviationOf } from '../../zoo/accuracy.ts';
import { printedRows } from '../../zoo/evaluation.ts';
import { modelOf, models } from '../../zoo/models.ts';
import { citation } from '../../zoo/results.ts';
import { seed } from '../../zoo/sources.ts';
import { decisiveDisagreement, VALIDATION_PICTURES } from '../../zoo/verdict.ts';
import { closestCall, falseAlarm } from './accuracy.ts';
import { inWords } from './words.ts';

const rows = printedRows();
const call = closestCall();
const outsiders = rows.filter((row) => row.verdict.outside);
const percent = (share: number) => `${Math.round(share * 100)}%`;

/** The variant that the guide shows. */
export const example = modelOf('regnetx_002');
export const exampleTop1 = citation(seed, example.id, 'top1');

export const variants = inWords(models.length);
export const pictures = formatInteger(VALIDATION_PICTURES);

/** The variants outside of the band, with their differences. */
export const outside = outsiders
  .map((row) => `${row.model.name}, at ${formatDifference(row.verdict.difference)} points`)
  .join('; ');
export const outsideCount = `${outsiders.length === 1 ? 'lies' : 'lie'} ${inWords(outsiders.length)}`;

/** The formula with the numbers of the first of them. */
const [first] = outsiders;
if (!first) throw new Error('No difference is outside of its band: the guides must say so.');
export const worked = {
  name: first.model.name,
  ours: formatAccuracy(first.ours.figure.value),
  official: formatAccuracy(first.exact),
  band: first.verdict.band.toFixed(2),
  difference: formatDifference(first.verdict.difference),
};

/** The variant just within the band, and the disagreement below which it would not be. */
export const closest = call.model.name;
export const closestDifference = formatDifference(call.verdict.difference);
export const decisive = percent(decisiveDisagreement(call.ours.figure.value, call.exact));

/** How often twelve comparisons of equals put at least one outside. */
export const alarm = percent(falseAlarm(models.length));

/** The luck of training: its deviations, and what it makes of the bands. */
const deviations = models.map(({ id }) => deviationOf(id));
export const smallestDeviation = Math.min(...deviations).toFixed(2);
export const largestDeviation = Math.max(...deviations).toFixed(2);
const [luckiest] = [...rows].sort((a, b) => (b.verdict.training ?? 0) - (a.verdict.training ?? 0));
if (!luckiest) throw new Error('There are no differences.');
export const luckiestName = luckiest.model.name;
export const luckiestTraining = (luckiest.verdict.training ?? 0).toFixed(2);
export const luckiestBand = luckiest.verdict.band.toFixed(2);
export const workedDeviation = deviationOf(first.model.id).toFixed(2);
export const workedTraining = (first.verdict.training ?? 0).toFixed(2);
export const workedBoth = first.verdict.both.toFixed(2);
/** The variants outside of both bands together. */
export const outsideBoth = rows
  .filter(({ verdict }) => verdict.outsideBoth)
  .map(({ model }) => model.name)
  .join(' and ');
