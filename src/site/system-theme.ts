/** CSS that follows the system's theme until a script has set one. */
import type { PluginCreator, Rule } from 'postcss';

const THEMED = /\[data-theme=["']?(light|dark)["']?\]/;

/**
 * The rules of a theme, again for pages that no script has given a theme: `:root[data-theme='dark']`
 * also as `:root:not([data-theme])` where the system prefers dark. A plugin of PostCSS.
 */
export const systemTheme: PluginCreator<never> = () => ({
  postcssPlugin: 'regnetx-system-theme',
  Once(root) {
    const found: Rule[] = [];
    root.walkRules(THEMED, (rule) => {
      found.push(rule);
    });
    for (const rule of found)
      for (const theme of ['dark', 'light']) {
        const selectors = rule.selectors.flatMap((selector) => untold(selector, theme) ?? []);
        if (selectors.length === 0) continue;
        const params = `(prefers-color-scheme: ${theme})`;
        rule.after({ name: 'media', params, nodes: [rule.clone({ selectors })] });
      }
  },
});
systemTheme.postcss = true;

/** A selector of that theme for a page without one; null for selectors of other themes. */
function untold(selector: string, theme: string): string | null {
  if (THEMED.exec(selector)?.[1] !== theme) return null;
  // A rule for all themes but one needs no copy: it counts for pages without one.
  if (selector.includes(':not([data-theme')) return null;
  const untold = selector.replace(THEMED, ':not([data-theme])');
  return /:root|^html/.test(untold) ? untold : `:root${untold}`;
}
