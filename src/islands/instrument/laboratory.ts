/** What the laboratory measures, one pass after another. */
import type { Answer, Classifier } from '../../engine/types.ts';
import type { NamedProtocol } from './protocols.ts';

type Seen = Pick<Classifier, 'classifyUnder'>;

/** Runs one picture under each protocol and tells each answer as it comes, until the signal ends it. */
export async function runProtocols(
  classifier: Seen,
  picture: Blob,
  protocols: readonly NamedProtocol[],
  tell: (id: string, answer: Answer) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const { id, protocol } of protocols) {
    const answer = await classifier.classifyUnder(picture, protocol, 1);
    if (signal.aborted) return;
    tell(id, answer);
  }
}

/** Of how many pictures the answer is another than under the first protocol, for each of the others. */
export async function countChanges(
  classifier: Seen,
  pictures: readonly Blob[],
  [own, ...others]: readonly NamedProtocol[],
  tell: (id: string, changed: number) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!own) return;
  const answers = async ({ protocol }: NamedProtocol): Promise<(number | undefined)[]> => {
    const found: (number | undefined)[] = [];
    for (const picture of pictures) {
      if (signal.aborted) break;
      const { predictions } = await classifier.classifyUnder(picture, protocol, 1);
      found.push(predictions[0]?.index);
    }
    return found;
  };
  const right = await answers(own);
  for (const other of others) {
    const found = await answers(other);
    if (signal.aborted) return;
    tell(other.id, found.filter((index, i) => index !== right[i]).length);
  }
}
