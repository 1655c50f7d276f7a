/** Marks of a built page that only the finished build can set. */

/**
 * A page whose theme is the system's until a script has read the visitor's choice. Starlight writes
 * the dark theme into every page, which nobody could change without JavaScript.
 */
export function withoutTheme(page: string): string {
  return page.replace(/(<html\b[^>]*?) data-theme="dark"/, '$1');
}

/** A page that says which build it is from. */
export function withBuild(page: string, build: string): string {
  return page.replace(/<html\b/, `<html data-build="${build}"`);
}

/** A page that says whether it is one of our own: its style sheet must know before it has its content. */
export function withOwnMark(page: string): string {
  return /<div class="[^"]*\brx-page\b/.test(page)
    ? page.replace(/<html\b/, '<html data-own')
    : page;
}

/** A page that is read and painted before its scripts are fetched: each adds to a page that is whole. */
export function withLateScripts(page: string): string {
  return page.replaceAll(
    /<script type="module" src=/g,
    '<script type="module" fetchpriority="low" src=',
  );
}

/** What Preact hydrates stays as it is. */
const ISLAND = /(<astro-island\b[^]*?<\/astro-island>)/;
const HEADING = /(<h([23])\b[^>]* id="([^"]+)"[^>]*>)([^]*?)(<\/h\2>)/g;

/** A page of our own whose headings lead to themselves; Starlight has its own way in guides. */
export function withAnchors(page: string): string {
  if (!page.includes('rx-page')) return page;
  const linked = (part: string) =>
    part.replaceAll(HEADING, (all, open: string, _level, id: string, text: string, end: string) =>
      text.includes('<a ') ? all : `${open}<a class="rx-anchor" href="#${id}">${text}</a>${end}`,
    );
  return page
    .split(ISLAND)
    .map((part) => (part.startsWith('<astro-island') ? part : linked(part)))
    .join('');
}
