/** What the page and the native engine behind its server say to each other. */
export const NATIVE_PATH = '/native-engine';

export type NativeRequest =
  | {
      readonly do: 'open';
      readonly variant: string;
      readonly resolution: number;
      readonly threads: number;
    }
  | { readonly do: 'time' | 'close'; readonly id: number };

export type NativeAnswer =
  | {
      readonly did: 'open';
      readonly id: number;
      readonly openMs: number;
      readonly firstMs: number;
      readonly logits: readonly number[];
      readonly version: string;
    }
  | { readonly did: 'time'; readonly ms: number }
  | { readonly did: 'close' }
  | { readonly did: 'fail'; readonly reason: string };
