/** Words and numbers of the guide to reading, computed from the published figures. */
import { formatDifference } from '../../charts/shared/format.ts';
import { printedRows } from '../../zoo/evaluation.ts';
import { modelOf, models } from '../../zoo/models.ts';
import { citation } from '../../zoo/results.ts';
import { seed } from '../../zoo/sources.ts';
import { VALIDATION_PICTURES } from '../../zoo/verdict.ts';
import { closestCall, decisiveDisagreement, falseAlarm } from './accuracy.ts';
import { inWords } from './words.ts';

const rows = printedRows();
const call = closestCall();
const outsiders = rows.filter((row) => row.verdict.outside);
const percent = (share: number) => `${Math.round(share * 100)}%`;

/** The variant that the guide shows. */
export const example = modelOf('regnetx_002');
export const exampleTop1 = citation(seed, example.id, 'top1');

export const variants = inWords(models.length);
export const pictures = VALIDATION_PICTURES.toLocaleString('en');

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
