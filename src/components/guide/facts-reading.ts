/** Words and numbers of the guide to reading, computed from the published figures. */
import { formatDifference } from '../../charts/shared/format.ts';
import { modelOf, models } from '../../zoo/models.ts';
import { citation } from '../../zoo/results.ts';
import { seed } from '../../zoo/sources.ts';
import { VALIDATION_PICTURES } from '../../zoo/verdict.ts';
import {
  closestCall,
  decisiveDisagreement,
  falseAlarm,
  isRounding,
  printedRows,
  reevaluations,
} from './accuracy.ts';
import { inWords } from './words.ts';

const rows = printedRows();
const again = reevaluations();
const call = closestCall();
const outsiders = rows.filter((row) => row.verdict.outside);
const misprints = rows.filter((row) => !isRounding(row));
const shifts = again.map((row) => Math.abs(row.shift));
const names = (list: readonly { model: { name: string } }[]) =>
  list.map((row) => row.model.name).join(' and ');
const percent = (share: number) => `${Math.round(share * 100)}%`;

/** The variant that the guide shows. */
export const example = modelOf('regnetx_002');
export const exampleTop1 = citation(seed, example.id, 'top1');

export const variants = inWords(models.length);
export const pictures = VALIDATION_PICTURES.toLocaleString('en');

/** Rows of the seed's table whose official accuracy is the exact one, rounded; and the others. */
export const rounded = inWords(rows.length - misprints.length);
export const misprinted = names(misprints);

/** The variants outside of the band, with their differences. */
export const outside = outsiders
  .map((row) => `${row.model.name}, at ${formatDifference(row.verdict.difference)} points`)
  .join('; ');
export const outsideCount = `${outsiders.length === 1 ? 'lies' : 'lie'} ${inWords(outsiders.length)}`;

/** The variant just within the band, and the disagreement below which it would not be. */
export const closest = call.model.name;
export const closestDifference = formatDifference(call.verdict.difference);
export const decisive = percent(decisiveDisagreement(call.ours.figure.value, call.exact));

/** How often twelve comparisons of equals put at least one outside. */
export const alarm = percent(falseAlarm(models.length));

/** timm's measurements of the official weights against pycls's. */
export const lower = inWords(again.filter((row) => row.shift < 0).length);
export const smallestShift = Math.min(...shifts).toFixed(2);
export const largestShift = Math.max(...shifts).toFixed(2);
export const meanShift = (shifts.reduce((a, b) => a + b, 0) / shifts.length).toFixed(2);

/** What timm's measurement makes of the verdicts outside of the band. */
export const reversed = again
  .filter((row) => row.againstPycls.outside)
  .map(({ model, againstTimm: { difference, outside: still, band } }) => {
    const verdict = still ? 'still outside of' : 'within';
    return `the difference of ${model.name} becomes ${formatDifference(difference)}, ${verdict} its band of ±${band.toFixed(2)}`;
  })
  .join(', and ');
