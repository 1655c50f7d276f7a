/**
 * Where the build puts what belongs to a page, by the page's path below the base without slashes at
 * its ends, which is empty for the first page.
 */

/** The page as Markdown, at its own address with `.md`, as is the custom. */
export const markdownAddress = (path: string): string => `${path || 'index'}.md`;

/** The picture of the page for those who share its address. */
export const cardAddress = (path: string): string => `og/${path || 'index'}.png`;
