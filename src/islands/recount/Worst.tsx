/** The mistakes of which the network was surest. */
import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../../recount/types.ts';
import { percent } from '../classifier/words.ts';

interface Props {
  readonly answers: readonly Answer[];
  readonly nameOf: (index: number) => string;
  readonly picture: (path: string) => Promise<Blob | null>;
}

export function Worst({ answers, nameOf, picture }: Props) {
  if (answers.length === 0) return null;
  return (
    <section aria-labelledby="worst">
      <h2 id="worst">The worst mistakes</h2>
      <p class="rx-note">Wrong, and surest of it. Some are mistakes of the labels.</p>
      <ul class="gallery">
        {answers.map((answer) => (
          <li key={answer.path} data-mistake={answer.path}>
            <Thumbnail path={answer.path} picture={picture} />
            <p>
              <strong>{nameOf(answer.top5[0] ?? -1)}</strong>{' '}
              {percent(answer.probabilities[0] ?? 0)}
              <br />
              is {nameOf(answer.truth)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A picture as it stands in the file; a blank where it cannot be read any more. */
export function Thumbnail({ path, picture }: Pick<Props, 'picture'> & { readonly path: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let [live, made] = [true, ''];
    void picture(path).then((blob) => {
      if (!live || !blob) return;
      made = URL.createObjectURL(blob);
      setUrl(made);
    });
    return () => {
      live = false;
      if (made !== '') URL.revokeObjectURL(made);
    };
  }, [path]);
  const name = path.replace(/^.*\//, '');
  return url === null ? (
    <span class="thumbnail">{name}</span>
  ) : (
    <img class="thumbnail" src={url} alt={name} title={path} loading="lazy" decoding="async" />
  );
}
