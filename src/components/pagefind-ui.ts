/**
 * Stands for Pagefind's own module (astro.config.mjs): what shows results is fetched and set up when
 * the search is opened for the first time, not on every page that is read.
 */
type Options = Readonly<Record<string, unknown>>;

/** Called with `new`, as Pagefind's class is. */
export function PagefindUI(options: Options): void {
  const dialog = document.querySelector('site-search dialog');
  if (!dialog) return;
  const setUp = async () => {
    const ui = await import('@pagefind/default-ui/npm_dist/mjs/ui-core.mjs');
    new ui.PagefindUI(options);
    dialog.querySelector('input')?.focus();
  };
  const opened = new MutationObserver(() => {
    opened.disconnect();
    void setUp();
  });
  if (dialog.hasAttribute('open')) void setUp();
  else opened.observe(dialog, { attributeFilter: ['open'] });
}
