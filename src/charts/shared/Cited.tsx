import { passportId, type Citation } from '../../zoo/results.ts';

type Props = Told & (Published | Elsewhere);

interface Told {
  /** The figure as shown. */
  readonly text: string;
  /** What the figure is, such as "top-1, d-li14". */
  readonly label: string;
}

interface Published {
  readonly citation: Citation;
  /** The element to open, where the page does not have the figure's passport under its own id. */
  readonly passport?: string;
}

/** For islands that are given no more than the passport's id: they send none of the sources. */
interface Elsewhere {
  readonly passport: string;
}

/**
 * A published figure that opens its passport by click or key. The passport is not in the island but
 * in the page's HTML, once a figure: see components/Passports.astro.
 */
export function Cited(props: Props) {
  const { text, label } = props;
  const passport =
    'citation' in props ? (props.passport ?? passportId(props.citation)) : props.passport;
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
