import type { Certificate, Comparison } from '../../recount/certificate.ts';
import { MARGIN } from '../../recount/sequential.ts';
import { wilson95 } from '../../recount/statistics.ts';
import { picturesIn } from '../../recount/words.ts';
import type { FigureVerdict } from './published.ts';

/** Files of a kind that are named to people. */
const NAMED = 5;

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

/** A certificate for people. */
export function resultLines(certificate: Certificate, verdict: FigureVerdict | null): string[] {
  const { checkpoint, count, top1, top5, pictures, problems, notes } = certificate;
  const line = (name: string, hits: number): string => {
    const [low, high] = wilson95(hits, count);
    return `${name}  ${percent(count === 0 ? NaN : hits / count)}  (${hits} of ${count}; 95% interval ${percent(low)} to ${percent(high)})`;
  };
  return [
    `${checkpoint.variant ?? 'a RegNetX'} from ${checkpoint.name}, ${count} of ${picturesIn(pictures.total)} counted`,
    line('top-1', top1),
    line('top-5', top5),
    ...(verdict ? [verdictLine(verdict)] : []),
    ...problems.flatMap(({ kind, count: many, files }) => [
      `not counted (${kind}): ${many}`,
      ...files.slice(0, NAMED).map(({ path, reason }) => `  ${path}: ${reason}`),
      ...(many > NAMED ? [`  and ${many - NAMED} more`] : []),
    ]),
    ...notes,
  ];
}

function verdictLine({ published, decision, decidedAfter, complete }: FigureVerdict): string {
  const figure = `published top-1 ${published.top1.toFixed(2)}% on ${picturesIn(published.pictures)}`;
  const margin = `${100 * MARGIN} points`;
  const after = decidedAfter === null ? '' : `, decided after ${picturesIn(decidedAfter)}`;
  const words = {
    agrees: `this recount agrees to within ${margin}${after}`,
    differs: `this recount differs by more than ${margin}${after}`,
    early: 'too early to say',
  }[decision];
  const whose = complete ? '' : ' (these are other pictures, or a part of them)';
  return `${figure}: ${words}${whose}`;
}

/** Two certificates compared, for people. */
export function comparisonLines({
  count,
  onlyInFirst,
  onlyInSecond,
  paired,
  difference,
  interval: [low, high],
  p,
}: Comparison): string[] {
  const signed = (points: number): string => `${points < 0 ? '' : '+'}${points.toFixed(2)}`;
  return [
    `${picturesIn(count)} in common, ${onlyInFirst} only in the first, ${onlyInSecond} only in the second`,
    `both right ${paired.both}, only the first ${paired.onlyFirst}, only the second ${paired.onlySecond}, neither ${paired.neither}`,
    `difference in top-1 ${signed(difference)} points (95% interval ${signed(low)} to ${signed(high)})`,
    `McNemar’s exact test: p = ${p.toPrecision(3)}`,
  ];
}
