/** Weights from wherever they are. */
import type { CheckpointMeaning } from '../checkpoints/index.ts';
import type { Weights } from '../engine/open.ts';
import type { HubFile } from '../weights/hub-file.ts';
import type { ArrivalOptions } from './arrival.ts';
import { inPage } from './place.ts';

/** One of the four. */
export type Source =
  | {
      /**
       * The paper's authors' weights for ImageNet-1k: `regnetx_002`, or any name of a variant. A page or
       * worker keeps the file in the origin's private file system, where the browser has one.
       */
      readonly variant: string;
      /** A host that is laid out like https://huggingface.co, which it is unless told. */
      readonly base?: string;
    }
  | {
      /** The address of a checkpoint of any kind, on a host that lets this page read it. */
      readonly url: string | URL;
      /** The SHA-256 that its bytes must have, in lower-case hexadecimal. */
      readonly sha256?: string;
    }
  | {
      /** A checkpoint's bytes; a buffer that is given goes over to the engine. */
      readonly file: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;
    }
  | {
      /** A model or file on the Hugging Face hub: `owner/name`, `hf:owner/name/file`, or its address. */
      readonly hub: string;
      readonly base?: string;
    };

/** What arrives, and what is known of it better than by the file. */
export interface Arriving {
  readonly weights: Promise<Weights>;
  readonly meaning?: CheckpointMeaning;
}

/** Throws a TypeError unless there is exactly one source; the weights reject with an EngineError. */
export async function weightsFrom(source: Source, options: ArrivalOptions): Promise<Arriving> {
  const named = ['variant', 'url', 'file', 'hub'].filter((name) => name in source);
  if (named.length !== 1)
    throw new TypeError(
      `load() takes one of variant, url, file and hub, not ${named.join(' and ') || 'none of them'}.`,
    );
  if ('variant' in source) {
    const { officialWeights } = await import('./official.ts');
    const { file, meaning } = officialWeights(source.variant, source.base);
    return { weights: kept(file, options), meaning };
  }
  if ('url' in source) {
    const { fromUrl } = await import('./from-url.ts');
    return { weights: fromUrl(source.url, source.sha256, options) };
  }
  if ('hub' in source) {
    const { fromHub } = await import('./from-hub.ts');
    return { weights: fromHub(source.hub, source.base, options) };
  }
  const { file } = source;
  return { weights: Promise.resolve(file instanceof ArrayBuffer ? new Uint8Array(file) : file) };
}

/** What is kept on this device, else downloaded and, where files can be kept, kept. */
async function kept(file: HubFile, options: ArrivalOptions): Promise<Weights> {
  if (inPage()) return (await import('../weights/index.ts')).obtainWeights(file, options);
  const { openKept } = await import('../weights/store.ts');
  const { obtain } = await import('../weights/obtain.ts');
  return (await openKept(file.id, file.sha256)) ?? obtain(file, options);
}
