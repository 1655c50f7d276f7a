/** What comes in place of a file: a sign-in page of a network, or a host's page for what is gone. */
import { EngineError } from '../threads/errors.ts';

/** Whether an answer says of itself that it is a web page. */
export function isWebPage(response: Response): boolean {
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(
    response.headers.get('Content-Type') ?? '',
  );
}

/** Whether bytes begin as web pages do; no file of weights, names or pictures does. */
export function beginsAsWebPage(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 256));
  return /^(\u00ef\u00bb\u00bf)?\s*(<!--[^]*?-->\s*)?<(!doctype html|html|head)\b/i.test(head);
}

/** The sentence for it: `what` could not be loaded from `host`. */
export function webPageError(what: string, host: string): EngineError {
  return new EngineError(
    'download',
    `${what} could not be loaded: ${host} sent a web page instead. If your network asks you to ` +
      'sign in, do that in another tab and try again; else reload the page, the file may have moved.',
  );
}
