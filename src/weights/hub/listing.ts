/** What a repository on the hub holds, and which of it may be a checkpoint. */
import { EngineError } from '../../threads/errors.ts';
import { hostOf } from '../request.ts';
import { treeUrlOf, urlOf, type HubAddress } from './address.ts';
import { ask } from './ask.ts';

/** A file that can be read. */
export interface HubEntry {
  readonly url: string;
  /** Its path in the repository. */
  readonly path: string;
  readonly bytes: number;
  /** Of its bytes, where the hub knows it (Git LFS). */
  readonly sha256: string | null;
  /** `owner/name`, for sentences. */
  readonly repository: string;
}

/** Endings of checkpoints, the better ones first. */
const ENDINGS = ['.safetensors', '.pth', '.pyth', '.pt', '.ckpt', '.bin', '.tar'];
/** The files that Python's libraries load when only a repository is named. */
const USUAL = ['model.safetensors', 'pytorch_model.bin'];

/**
 * The files that an address can mean: the one it names, else the usual one, else all that end like a
 * checkpoint. Throws an EngineError (`download`) whose message is a sentence.
 */
export async function filesAt(
  hub: string,
  address: HubAddress,
  signal: AbortSignal,
): Promise<HubEntry[]> {
  const { repository, revision, file } = address;
  const url = treeUrlOf(hub, address);
  const response = await ask(url, signal, (status) =>
    [401, 403, 404].includes(status)
      ? `${hostOf(url)} has no model ${repository}${revision === 'main' ? '' : ` with the revision ${revision}`}, or shows it to its members alone. Look for a typing error; a private model can be downloaded with your account and opened here.`
      : null,
  );
  const entries = entriesIn(await response.json().catch(() => null), hub, address);
  if (file !== null) {
    const named = entries.find(({ path }) => path === file);
    if (named) return [named];
    throw new EngineError('download', `${repository} has no file ${file}${offer(entries)}.`);
  }
  const usual = USUAL.flatMap((name) => entries.filter(({ path }) => path === name));
  const fitting = entries
    .filter(({ path }) => rank(path) >= 0)
    .sort((a, b) => rank(a.path) - rank(b.path) || a.path.localeCompare(b.path));
  if (usual[0]) return [usual[0]];
  if (fitting.length > 0) return fitting;
  throw new EngineError(
    'download',
    `${repository} holds no checkpoint: none of its ${entries.length} files ends in ${ENDINGS.join(', ')}.`,
  );
}

function rank(path: string): number {
  return ENDINGS.findIndex((ending) => path.toLowerCase().endsWith(ending));
}

function offer(entries: readonly HubEntry[]): string {
  const fitting = entries.filter(({ path }) => rank(path) >= 0).slice(0, 3);
  return fitting.length > 0 ? `; it has ${fitting.map(({ path }) => path).join(', ')}` : '';
}

/** The files in the hub's answer `[{type, path, size, lfs: {oid, size}}, …]`. */
function entriesIn(answer: unknown, hub: string, address: HubAddress): HubEntry[] {
  if (!Array.isArray(answer))
    throw new EngineError(
      'download',
      `${hostOf(hub)} answered with something else than a list of files. Try again later.`,
    );
  return answer.filter(isRecord).flatMap(({ type, path, size, lfs }): HubEntry[] => {
    if (type !== 'file' || typeof path !== 'string') return [];
    const { oid = null, size: stored = size } = isRecord(lfs) ? lfs : {};
    if (typeof stored !== 'number' || !Number.isSafeInteger(stored) || stored < 0) return [];
    const sha256 = typeof oid === 'string' && /^[0-9a-f]{64}$/.test(oid) ? oid : null;
    const { repository } = address;
    return [{ url: urlOf(hub, address, path), path, bytes: stored, sha256, repository }];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
