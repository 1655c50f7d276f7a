/** The repository of the site, which one setting of the build names: PUBLIC_REPOSITORY. */

/** Its address from the setting, without slashes at its end; undefined where nothing is set. */
export const repositoryOf = (setting = ''): string | undefined => {
  const address = setting.replace(/\/+$/, '');
  return address === '' ? undefined : address;
};

/** Where a file of a repository can be edited. */
export const editAddress = (repository: string, file: string): string =>
  `${repository}/edit/main/${file.split('/').map(encodeURIComponent).join('/')}`;

/** The file that a page is made from: its own of `content/`, or that of its route. */
export const fileOf = (filePath: string, route: string): string =>
  filePath === '' ? `src/pages${route === '/' ? '/index' : route}.astro` : filePath;

/** Such as `https://github.com/someone/regnetx-zoo`; nothing is made up where it is not configured. */
export const repository = repositoryOf(import.meta.env.PUBLIC_REPOSITORY);
