/** Ways to choose a picture: samples, a file; dropping and pasting are the panel's. */
import { FileButton } from './FileButton.tsx';
import { samplesFor, SMALL_SIDE, smallUrl, type Sample } from './samples.ts';

interface PicturesProps {
  readonly base: string;
  /** The class list of the network that runs, as far as it is one of the site's. */
  readonly labels?: string | null;
  readonly onSample: (sample: Sample) => void;
  readonly onFile: (file: File) => void;
}

export function Pictures({ base, labels = null, onSample, onFile }: PicturesProps) {
  return (
    <div class="pictures">
      <ul class="samples">
        {samplesFor(labels).map((sample) => (
          <li key={sample.name}>
            <button
              type="button"
              data-sample={sample.name}
              title={`${sample.description}. Photograph: ${sample.author}, ${sample.licence}`}
              onClick={() => {
                onSample(sample);
              }}
            >
              <img
                src={smallUrl(base, sample)}
                width={SMALL_SIDE}
                height={SMALL_SIDE}
                alt={sample.description}
                loading="lazy"
                decoding="async"
              />
            </button>
          </li>
        ))}
      </ul>
      <FileButton
        label="Open a picture"
        accept="image/*"
        marker="data-image-input"
        onFile={onFile}
      />
    </div>
  );
}
