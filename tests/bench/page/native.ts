/** The native engine as the page sees it: a contender like the ones in frames, timed where it runs. */
import { NATIVE_PATH, type NativeAnswer, type NativeRequest } from '../native/protocol.ts';
import type { Frame } from './engine.ts';

export interface NativeFrame extends Frame {
  /** Of the package, once it is open. */
  version(): string;
  close(): void;
}

async function ask<Did extends NativeAnswer['did']>(
  request: NativeRequest,
  did: Did,
): Promise<Extract<NativeAnswer, { did: Did }>> {
  const response = await fetch(NATIVE_PATH, { method: 'POST', body: JSON.stringify(request) });
  const answer = (await response.json()) as NativeAnswer;
  if (answer.did === 'fail') throw new Error(answer.reason);
  if (answer.did !== did) throw new Error(`The native engine answered with ${answer.did}.`);
  return answer as Extract<NativeAnswer, { did: Did }>;
}

export function nativeFrame(variant: string, resolution: number, threads: number): NativeFrame {
  let opened: Extract<NativeAnswer, { did: 'open' }> | null = null;
  const id = (): number => {
    if (!opened) throw new Error('The engine is not open.');
    return opened.id;
  };
  return {
    async open() {
      opened = await ask({ do: 'open', variant, resolution, threads }, 'open');
      const { openMs, firstMs, logits } = opened;
      return { openMs, firstMs, logits: Float32Array.from(logits) };
    },
    async time() {
      const { ms } = await ask({ do: 'time', id: id() }, 'time');
      return { ms, programs: 0 };
    },
    gpuBytes: () => 0,
    gpu: () => null,
    version: () => opened?.version ?? '',
    close() {
      if (opened) void ask({ do: 'close', id: opened.id }, 'close');
    },
  };
}
