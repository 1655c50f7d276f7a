import type { Limit, Question } from '../../zoo/choice-query.ts';
import type { Answer } from '../../zoo/choice.ts';
import { formatAccuracy } from '../shared/format.ts';
import { say, type Text } from '../shared/units.ts';
import { AXIS_WORDS, formatInterval, WEIGHTS_WORDS } from './axes.ts';
import { inOnes } from './facts.ts';
import type { Candidate } from './geometry.ts';

/** The answer in sentences around the name of the best, which is null where nothing fits. */
export interface AnswerWords {
  readonly before: Text;
  readonly name: string | null;
  readonly after: Text;
}

/** What the budgets buy, in words. */
export function answerWords(
  { best, alike, cheapest }: Answer<Candidate>,
  question: Question,
): AnswerWords {
  const { axis, second } = question;
  const { format, noun } = AXIS_WORDS[axis];
  const within = withinWords(question);
  const costs = (candidate: Candidate): Text => {
    const first = say`${format(candidate.cost)}${noun}`;
    if (!second || candidate.second === null) return first;
    const { format: formatSecond, noun: nounSecond } = AXIS_WORDS[second.axis];
    return say`${first} and ${formatSecond(candidate.second)}${nounSecond}`;
  };
  if (!cheapest)
    return {
      before: 'None of the weights that are shown can be downloaded.',
      name: null,
      after: '',
    };
  if (!best)
    return {
      before: say`Nothing fits within ${within ?? ''}: the least, ${cheapest.name}, takes ${costs(cheapest)}.`,
      name: null,
      after: '',
    };
  const figures = say` ${WEIGHTS_WORDS[best.weights].with}: ${formatInterval(best.accuracy, best.interval)} at ${costs(best)}.`;
  const cheaper = alike
    ? say` The cheaper ${alike.name} ${WEIGHTS_WORDS[alike.weights].with}, ${formatAccuracy(alike.accuracy)} at ${format(alike.cost)}, cannot be told apart from it.`
    : '';
  const lost = best.weights === 'ours' ? ' Our weights can no longer be downloaded.' : '';
  return {
    before:
      within === null ? 'The most accurate is ' : say`Within ${within}, the most accurate is `,
    name: `RegNetX-${best.name}`,
    after: say`${figures}${cheaper}${lost}`,
  };
}

/** The budgets in words: `2 G multiply-adds and 20 ms a picture on …`; null where there is none. */
function withinWords({ axis, budget, second }: Question): Text | null {
  const limits = [budget === null ? null : { axis, budget }, second].filter(
    (limit): limit is Limit => limit !== null,
  );
  const [first, other] = limits.map((limit) => {
    const { amount, tick } = AXIS_WORDS[limit.axis];
    return amount(tick(inOnes(limit)));
  });
  if (first === undefined) return null;
  return other === undefined ? first : say`${first} and ${other}`;
}
