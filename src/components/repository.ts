/** The repository that the build's one setting for it names; nothing is made up where it is unset. */
const address = import.meta.env.PUBLIC_REPOSITORY?.replace(/\/+$/, '');

/** Its address, such as `https://github.com/someone/regnetx-zoo`; undefined where none is configured. */
export const repository = address === '' ? undefined : address;

/** Where a file of the project can be edited; undefined where no repository is configured. */
export const editAddress = (file: string): string | undefined =>
  repository && `${repository}/edit/main/${file}`;
