import type { ComponentChildren } from 'preact';
import type { Layout, Sheet } from './svg.ts';
import { inUnit, type Text } from './units.ts';
import { SpokenUnit, useUnit } from './Words.tsx';

/** What a chart's View needs to answer pointer, touch and keys; absent while it stands still. */
export interface DrawingProps {
  readonly g: Sheet;
  /** What the picture is, in a few words. */
  readonly title: Text;
  /** What it shows, in sentences, for readers who do not see it. */
  readonly summary: Text;
  /** Whether it holds marks that can be chosen. */
  readonly live?: boolean;
  readonly children: ComponentChildren;
}

/**
 * The SVG element of a chart: an image to begin with, a group of marks once it answers. Only a still
 * picture has a <title> element, because browsers show it as a tooltip over every mark.
 */
export function Drawing({ g, title, summary, live, children }: DrawingProps) {
  const unit = useUnit();
  const name = inUnit(title, unit);
  return (
    <svg
      class="rx-drawing"
      viewBox={`0 0 ${g.width} ${g.height}`}
      role={live ? 'group' : 'img'}
      aria-label={live ? name : undefined}
    >
      {!live && <title>{name}</title>}
      <desc>{inUnit(summary, unit)}</desc>
      <SpokenUnit.Provider value={unit}>
        <g font-size={g.font}>{children}</g>
      </SpokenUnit.Provider>
    </svg>
  );
}

/** Both drawings of a chart; a container query in charts.css shows the one that fits the column. */
export function Layouts({ draw }: { readonly draw: (layout: Layout) => ComponentChildren }) {
  return (
    <>
      <div class="rx-wide">{draw('wide')}</div>
      <div class="rx-narrow">{draw('narrow')}</div>
    </>
  );
}
