import { passportId, type Citation } from '../../zoo/results.ts';

interface Props {
  readonly citation: Citation;
  /** The figure as shown. */
  readonly text: string;
  /** What the figure is, such as "top-1, ours". */
  readonly label: string;
  /** The element to open, where the page does not have the figure's passport under its own id. */
  readonly passport?: string;
}

/**
 * A published figure that opens its passport by click or key. The passport is not in the island but
 * in the page's HTML, once a figure: see components/Passports.astro.
 */
export function Cited({ citation, text, label, passport = passportId(citation) }: Props) {
  return (
    <button
      type="button"
      class="figure"
      popovertarget={passport}
      aria-label={`${text}, ${label}: show the source`}
    >
      {text}
    </button>
  );
}
