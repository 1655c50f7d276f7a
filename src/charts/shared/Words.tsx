import { createContext } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { unitOf, type Text, type Unit } from './units.ts';

interface Props {
  readonly text: Text;
  /** Inside a <text> of an SVG. */
  readonly svg?: boolean;
}

/** A text in both units, of which units.css shows one; plain text where they do not differ. */
export function Words({ text, svg = false }: Props) {
  if (typeof text === 'string') return <>{text}</>;
  if (svg)
    return (
      <>
        <tspan class="rx-1x">{text['1x']}</tspan>
        <tspan class="rx-2x">{text['2x']}</tspan>
      </>
    );
  // The site's search finds, and quotes, multiply-adds alone.
  return (
    <>
      <span class="rx-1x">{text['1x']}</span>
      <span class="rx-2x" data-pagefind-ignore>
        {text['2x']}
      </span>
    </>
  );
}

/**
 * The unit that the page shows, for what CSS cannot show or hide: names that are only spoken.
 * Multiply-adds in the HTML and in the first render.
 */
export function useUnit(): Unit {
  const [unit, setUnit] = useState<Unit>('1x');
  useEffect(() => {
    const root = document.documentElement;
    const read = () => {
      setUnit(unitOf(root));
    };
    const observer = new MutationObserver(read);
    observer.observe(root, { attributeFilter: ['data-flops'] });
    read();
    return () => {
      observer.disconnect();
    };
  }, []);
  return unit;
}

/** The unit in which a drawing names its marks; <Drawing> gives it. */
export const SpokenUnit = createContext<Unit>('1x');
