import type { PanelHandle, Standing } from '../standing.ts';

/** What every tool is given. */
export interface ToolProps {
  /** The site's base path, ending in a slash. */
  readonly base: string;
  readonly standing: Standing;
  readonly panel: PanelHandle;
  /** The class whose map was asked for in the panel. */
  readonly asked: { readonly index: number } | null;
}
