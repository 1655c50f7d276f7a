/** The Content-Security-Policy of a built site, made from what its pages hold. */
import { createHash } from 'node:crypto';

/** An element with text of its own, its attributes and its text. */
const INLINE =
  /<(script|style)((?:\s+[^\s"'>=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*>([^]*?)<\/\1\s*>/g;
/** Scripts that are data to the browser: nothing of them runs. */
const DATA = /\stype=["']?(?:application\/(?:[\w.-]+\+)?json|text\/plain)/;
const REFERENCE = /\ssrc=/;

/** The inline elements of pages, as the hashes that a policy names them by. */
export interface InlineHashes {
  readonly scripts: ReadonlySet<string>;
  readonly styles: ReadonlySet<string>;
}

/** Hashes of all inline scripts and style elements of some pages. */
export function inlineHashes(pages: Iterable<string>): InlineHashes {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  for (const page of pages)
    for (const [, tag, attributes = '', text = ''] of page.matchAll(INLINE)) {
      if (tag === 'style') styles.add(hashOf(text));
      else if (!REFERENCE.test(attributes) && !DATA.test(attributes)) scripts.add(hashOf(text));
    }
  return { scripts, styles };
}

/** A source expression; the browser hashes what it parsed, in which a line ends with LF. */
function hashOf(text: string): string {
  const digest = createHash('sha256').update(text.replaceAll(/\r\n?/g, '\n'));
  return `'sha256-${digest.digest('base64')}'`;
}

/** Where the hub's files are: it redirects to a host below hf.co. https://huggingface.co/.well-known/meta.json */
const HUB_SOURCES = ['https://huggingface.co', 'https://*.hf.co'];

/**
 * The hosts besides its own that the site may ask for weights: the hub's, or those that the settings
 * PUBLIC_WEIGHTS_BASE and PUBLIC_WEIGHTS_HOSTS name. Throws when one of these is no address.
 */
export function weightSources(weightsBase = '', hosts = ''): string[] {
  const further = hosts.split(/\s+/).filter((host) => host !== '');
  const [own] = weightsBase;
  const given = own === undefined || own === '/' ? further : [weightsBase, ...further];
  return [...(own === undefined ? HUB_SOURCES : []), ...given.map(originOf)];
}

const HOST = /^(https?:\/\/(?:\*\.)?[\w.-]+(?::\d+)?)(?:\/[^\s;,]*)?$/;

function originOf(address: string): string {
  const origin = HOST.exec(address)?.[1];
  if (origin === undefined)
    throw new Error(
      `PUBLIC_WEIGHTS_BASE and PUBLIC_WEIGHTS_HOSTS take addresses such as https://weights.example.org, not ${address}.`,
    );
  return origin;
}

/**
 * The policy as a `<meta>` element may state it. Scripts and style elements are the site's own files
 * and the given inline ones. Style attributes are let through: they hold measures and colours of
 * code, icons and charts, and what they could load, the other directives forbid.
 */
export function policyOf({ scripts, styles }: InlineHashes, weights: readonly string[]): string {
  return Object.entries({
    // What is asked for ahead, a page under the pointer, has no directive of its own.
    'default-src': ["'self'"],
    // The networks run in modules of WebAssembly that the engine writes itself.
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...[...scripts].sort()],
    'style-src': ["'self'", ...[...styles].sort()],
    'style-src-attr': ["'unsafe-inline'"],
    // Pictures of visitors are blobs; CSS and charts that are copied carry small ones inside.
    'img-src': ["'self'", 'blob:', 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...weights],
    'worker-src': ["'self'"],
    'object-src': ["'none'"],
    'frame-src': ["'none'"],
    'media-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  })
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}

const CHARSET = /<meta charset=[^>]*>/;

/**
 * A page under a policy: its `<meta>` stands behind the one with the charset, which must be among the
 * first 1,024 bytes, and before everything that it governs. Throws for a page without such a place.
 */
export function withPolicy(page: string, policy: string): string {
  const charset = CHARSET.exec(page);
  const place = charset ? charset.index + charset[0].length : 0;
  if (!charset || /<(?:script|style|link)\b/.test(page.slice(0, place)))
    throw new Error('A page must begin with its charset: the policy governs only what follows it.');
  return `${page.slice(0, place)}<meta http-equiv="content-security-policy" content="${policy}">${page.slice(place)}`;
}
