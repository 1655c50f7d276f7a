/** content/labels/: the build makes a module of each, whose default export is the names. */
declare module '*.tsv' {
  const names: readonly string[];
  export default names;
}
