import { readFileSync } from 'node:fs';
import { readCheckpoint, type Checkpoint } from '../../../src/checkpoints/index.ts';

export { FILES } from './files.ts';

const folder = new URL('../../fixtures/', import.meta.url);

/** A fixture's bytes in a buffer of their own. */
export function fixture(name: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(readFileSync(new URL(name, folder)));
}

export function checkpointFixture(name: string): Checkpoint {
  return readCheckpoint(fixture(`checkpoints/${name}`));
}
