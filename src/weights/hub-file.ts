/** Official weights on a hub: where the file is, and how to know that it is the right one. */
import { EngineError } from '../threads/errors.ts';
import { hostOf, request } from './request.ts';

/** A file on the Hugging Face hub, or on a host that is laid out like it. */
export interface HubFile {
  /** The checkpoint's id, such as `regnetx_002.pycls_in1k`. */
  readonly id: string;
  /** `<base>/<owner>/<repository>/resolve/<revision>/<path>`. */
  readonly url: string;
  /** As published or computed, within a few percent. */
  readonly bytes: number;
  /** SHA-256 in lower-case hexadecimal, where the catalogue knows it. */
  readonly sha256?: string | undefined;
}

/** What tells the right file from all others. */
export interface Identity {
  /** In lower-case hexadecimal; only the first digits where no more is published. */
  readonly sha256: string;
  /** The exact length, where it is known beforehand. */
  readonly bytes: number | null;
}

const SHA256 = /^[0-9a-f]{64}$/;

/** The hub's list of the files of a repository, and a file's path in it; null for other addresses. */
export function treeOf(url: string): { readonly url: string; readonly path: string } | null {
  const match = /^(.*)\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(url);
  if (!match) return null;
  const [, base = '', repository = '', revision = '', path = ''] = match;
  return { url: `${base}/api/models/${repository}/tree/${revision}`, path };
}

/**
 * The catalogue's hash, else the one that the hub's list of files gives: a Git LFS object id is the
 * SHA-256 of the file. Throws an EngineError (`download`) when neither can be had.
 */
export async function identify(file: HubFile, signal: AbortSignal): Promise<Identity> {
  if (file.sha256 !== undefined) return { sha256: file.sha256, bytes: null };
  const tree = treeOf(file.url);
  if (tree) {
    const response = await request(tree.url, { signal });
    const entries: unknown = await response.json().catch(() => null);
    const identity = identityIn(entries, tree.path);
    if (identity) return identity;
  }
  throw new EngineError(
    'download',
    `${hostOf(file.url)} does not tell the SHA-256 of these weights, without which they cannot be ` +
      'checked. Try again later, or download the file yourself and open it here.',
  );
}

/** The identity of a file in the hub's answer `[{path, size, lfs: {oid, size}}, …]`. */
function identityIn(entries: unknown, path: string): Identity | null {
  if (!Array.isArray(entries)) return null;
  const entry = entries.filter(isRecord).find((e) => e.path === path);
  if (!entry || !isRecord(entry.lfs)) return null;
  const { oid, size } = entry.lfs;
  if (typeof oid !== 'string' || !SHA256.test(oid)) return null;
  return { sha256: oid, bytes: Number.isSafeInteger(size) ? Number(size) : null };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
