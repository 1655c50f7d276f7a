/** Turns among processes: whoever holds a lock file alone works on what it stands for. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from './read-file.ts';

const TRY_AGAIN_MS = 50;
/** What is done under a lock that others wait for takes seconds; one that is older was left behind. */
const LONGEST_MS = 60_000;

/** Gives a lock back. */
export type Release = () => void;

/**
 * Takes a lock, or undefined while another living process has it. The lock of a process that was
 * killed counts as free; one that ends gives its locks back.
 */
export function tryLock(file: string): Release | undefined {
  mkdirSync(path.dirname(file), { recursive: true });
  const holder = holderOf(file);
  if (holder !== undefined && !isAlive(holder)) rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
  const release = () => {
    rmSync(file, { force: true });
    process.off('exit', release);
  };
  process.on('exit', release);
  return release;
}

/** Waits for a lock under which others do short work. */
export async function lock(file: string): Promise<Release> {
  const giveUp = Date.now() + LONGEST_MS;
  for (;;) {
    const release = tryLock(file);
    if (release) return release;
    if (Date.now() > giveUp) rmSync(file, { force: true });
    else await pause(TRY_AGAIN_MS);
  }
}

/** The process that holds a lock; undefined where nobody does, or it has not said so yet. */
function holderOf(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive, too.
    return codeOf(error) === 'EPERM';
  }
}
