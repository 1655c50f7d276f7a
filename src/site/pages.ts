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

const STYLESHEET = /<link rel="stylesheet"[^>]*>/g;

/** A page with all style sheets in its head: it could be painted before one that stands further down. */
export function withStylesInHead(page: string): string {
  const [head = '', ...rest] = page.split('</head>');
  const body = rest.join('</head>');
  const late = body.match(STYLESHEET) ?? [];
  return `${head}${late.join('')}</head>${body.replaceAll(STYLESHEET, '')}`;
}
