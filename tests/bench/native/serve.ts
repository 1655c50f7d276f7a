/** The native engine, offered to the benchmark's page: it takes its turns among the page's engines. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Plugin } from 'vite';
import { openNative, type Opened } from './runtime.ts';
import { NATIVE_PATH, type NativeAnswer, type NativeRequest } from './protocol.ts';

/** Answers the page's requests; an error is answered, too, as its sentence. */
export function nativeEngine(): Plugin {
  const opened = new Map<number, Opened>();
  let last = 0;
  const engineOf = (id: number): Opened => {
    const found = opened.get(id);
    if (!found) throw new Error('The native engine is not open.');
    return found;
  };
  const answerTo = async (request: NativeRequest): Promise<NativeAnswer> => {
    if (request.do === 'open') {
      const { variant, resolution, threads } = request;
      const engine = await openNative(variant, resolution, threads);
      const { openMs, firstMs, logits, version } = engine;
      opened.set(++last, engine);
      return { did: 'open', id: last, openMs, firstMs, logits: [...logits], version };
    }
    const engine = engineOf(request.id);
    if (request.do === 'time') return { did: 'time', ms: await engine.time() };
    opened.delete(request.id);
    await engine.close();
    return { did: 'close' };
  };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await json(request)
      .then((value) => answerTo(value as NativeRequest))
      .catch((error: unknown): NativeAnswer => {
        return { did: 'fail', reason: error instanceof Error ? error.message : String(error) };
      });
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(answer));
  };
  return {
    name: 'native-engine',
    configureServer({ middlewares }) {
      middlewares.use(NATIVE_PATH, (request: IncomingMessage, response: ServerResponse) => {
        void respond(request, response);
      });
    },
  };
}
