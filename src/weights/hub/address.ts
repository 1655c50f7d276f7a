/** Where something is on the Hugging Face hub, as people write it. */
import { EngineError } from '../../threads/errors.ts';

export interface HubAddress {
  /** `owner/name`. */
  readonly repository: string;
  /** A branch, tag or commit. */
  readonly revision: string;
  /** The file's path in the repository; null where the repository alone is named. */
  readonly file: string | null;
}

const HOSTS = new Set(['huggingface.co', 'www.huggingface.co', 'hf.co']);
/** `hf:`, as in `hf://`, and timm's `hf-hub:` and `hf_hub:`. */
const SHORT = /^(?:hf|hf[-_]hub):(?:\/\/)?/i;
const NAME = /^(?!\.{1,2}$)[\w.-]+$/;
/** How addresses of the hub lead from a repository to a file. */
const TO_FILE = new Set(['blob', 'resolve', 'raw']);
const OTHER_KINDS: Readonly<Record<string, string>> = {
  datasets: 'a data set',
  spaces: 'an app',
  papers: 'a paper',
  collections: 'a collection',
};

const HOW =
  'Write hf:owner/name, or hf:owner/name/file, such as hf:timm/regnetx_002.pycls_in1k, or paste the address of a model on huggingface.co.';

/**
 * Reads `hf:owner/name[@revision][/file]`, `owner/name`, or an address of a model's page or file on
 * huggingface.co. Throws an EngineError (`download`) whose sentence says what to write, or, for an
 * address elsewhere, why the page cannot go there.
 */
export function parseHubAddress(text: string): HubAddress {
  const trimmed = text.trim();
  if (trimmed === '') throw refusal(`Nothing is written there. ${HOW}`);
  if (SHORT.test(trimmed)) return fromShort(trimmed.replace(SHORT, ''), trimmed);
  const host = /^(?:[a-z][\w+.-]*:\/\/)?([^/\s]+)/i.exec(trimmed)?.[1]?.toLowerCase() ?? '';
  if (HOSTS.has(host)) return fromPage(trimmed);
  if (
    /^[a-z][\w+.-]*:/i.test(trimmed) ||
    (host.includes('.') && trimmed.includes('/', host.length + 1))
  )
    throw refusal(
      `This page may talk to huggingface.co alone (its security policy says so), not to ${host || 'other places'}. Download the file there yourself, then open it with the button above.`,
    );
  return fromShort(trimmed, trimmed);
}

function fromShort(path: string, given: string): HubAddress {
  const [owner = '', named = '', ...rest] = path.replace(/\/+$/, '').split('/');
  const [name = '', revision = 'main', ...more] = named.split('@');
  if (more.length > 0) throw refusal(`${given} is no address on the hub. ${HOW}`);
  return checked(owner, name, revision, rest, given);
}

function fromPage(given: string): HubAddress {
  const path = given.replace(/^[a-z][\w+.-]*:\/\//i, '').replace(/[?#].*$/, '');
  const [owner = '', name = '', verb, revision = 'main', ...rest] = path
    .split('/')
    .slice(1)
    .filter(Boolean)
    .map(decoded);
  const kind = OTHER_KINDS[owner];
  if (kind !== undefined) throw refusal(`That is the address of ${kind}, not of a model. ${HOW}`);
  if (verb === undefined || verb === 'tree') return checked(owner, name, revision, [], given);
  if (TO_FILE.has(verb) && rest.length > 0) return checked(owner, name, revision, rest, given);
  throw refusal(`${given} is not the address of a model or of a file of it. ${HOW}`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function checked(
  owner: string,
  name: string,
  revision: string,
  path: readonly string[],
  given: string,
): HubAddress {
  const good =
    [owner, name].every((part) => NAME.test(part)) &&
    revision !== '' &&
    [...revision.split('/'), ...path].every((part) => part !== '' && !/^\.{1,2}$/.test(part));
  if (!good) throw refusal(`${given} is no address on the hub. ${HOW}`);
  return {
    repository: `${owner}/${name}`,
    revision,
    file: path.length > 0 ? path.join('/') : null,
  };
}

function refusal(sentence: string): EngineError {
  return new EngineError('download', sentence);
}

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** The address of a file's bytes on a hub. */
export function urlOf(hub: string, { repository, revision }: HubAddress, file: string): string {
  return `${hub}/${repository}/resolve/${encodeURIComponent(revision)}/${encoded(file)}`;
}

/** The address of the list of a repository's files. */
export function treeUrlOf(hub: string, { repository, revision }: HubAddress): string {
  return `${hub}/api/models/${repository}/tree/${encodeURIComponent(revision)}?recursive=true`;
}
