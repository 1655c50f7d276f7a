/** A path of this site, given from the root, under whatever base the site is deployed. */
export function href(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}${path}`;
}
