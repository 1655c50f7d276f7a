/// <reference types="astro/client" />

declare module '@pagefind/default-ui/npm_dist/mjs/ui-core.mjs' {
  export const PagefindUI: new (options: Readonly<Record<string, unknown>>) => object;
}

interface ImportMetaEnv {
  /** Where official weights are instead of https://huggingface.co, in the same layout. */
  readonly PUBLIC_WEIGHTS_BASE?: string;
  /** Hosts to which that redirects, divided by spaces. Pages may ask no others. */
  readonly PUBLIC_WEIGHTS_HOSTS?: string;
  /** The address of the repository; pages link to it, and to their own files in it. */
  readonly PUBLIC_REPOSITORY?: string;
}
