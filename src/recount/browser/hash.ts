import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { sha256Of as byTheBrowser } from '../../threads/hash.ts';

/** SHA-256 in hexadecimal; by the browser, which has none on plain http, else in JavaScript. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return (await byTheBrowser(bytes)) ?? bytesToHex(sha256(bytes));
}
