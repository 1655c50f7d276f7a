/// <reference types="astro/client" />

interface ImportMetaEnv {
  /** Where official weights are instead of https://huggingface.co, in the same layout. */
  readonly PUBLIC_WEIGHTS_BASE?: string;
}
