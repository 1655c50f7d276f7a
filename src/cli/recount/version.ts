import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { SITE } from '../publish.ts';

/** The version of this site's code. */
export async function siteVersion(): Promise<string> {
  const text = await readFile(path.join(SITE, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
