/** The last step of a build, as an integration of Astro: policy, headers and the list for offline use. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { loadEnv } from 'vite';
import { writeCompanions, type Place } from './companions.ts';
import { addressOf, filesBelow, nameOfBuild } from './files.ts';
import { headersFile, POLICY_PLACEHOLDER } from './headers.ts';
import { inlineHashes, policyOf, weightSources, withPolicy } from './policy.ts';
import { withOwnStyles } from './sheets.ts';
import { withAnchors, withBuild, withLateScripts, withOwnMark, withoutTheme } from './pages.ts';

/** The service worker, and what in it the build replaces. */
const WORKER = 'offline.js';
const WORKER_BUILD = "{ name: '', files: [] }";

/** Neither pages nor what pages load: weights are kept elsewhere, the rest is for hosts and robots. */
const UNLISTED = /\.safetensors$|^offline\.js$|^_headers$|^sitemap-|^robots\.txt$/;

/** Must stand behind all integrations that write pages. */
export function finish(): AstroIntegration {
  let place: Place = { base: '/', site: undefined };
  return {
    name: 'regnetx:finish',
    hooks: {
      'astro:config:done': ({ config }) => {
        const base = config.base.endsWith('/') ? config.base : `${config.base}/`;
        place = { base, site: config.site && new URL(config.site).origin };
      },
      'astro:build:done': async ({ dir, logger }) => {
        const { PUBLIC_WEIGHTS_BASE, PUBLIC_WEIGHTS_HOSTS } = loadEnv('production', '.', 'PUBLIC_');
        const weights = weightSources(PUBLIC_WEIGHTS_BASE, PUBLIC_WEIGHTS_HOSTS);
        const build = await finishSite(fileURLToPath(dir), place, weights);
        logger.info(`Build ${build} has its policy.`);
      },
    },
  };
}

/**
 * Gives the pages of the site in `folder` their style sheets and one policy, writes what stands beside
 * them and `_headers`, and tells the pages and the service worker the name of the build, which is
 * returned. Throws for a page or a worker that has no place for it.
 */
async function finishSite(
  folder: string,
  place: Place,
  weights: readonly string[],
): Promise<string> {
  const file = (name: string) => path.join(folder, name);
  const built = await filesBelow(folder);
  const written = new Map<string, string>();
  for (const name of built.filter((name) => name.endsWith('.html')))
    written.set(name, await readFile(file(name), 'utf8'));
  // Before the styles: what they do not find in the pages is dropped.
  const whole = new Map<string, string>();
  for (const [name, html] of written)
    whole.set(name, withOwnMark(withAnchors(withLateScripts(withoutTheme(html)))));
  const pages = await withOwnStyles(folder, whole, built, place.base);
  const files = await filesBelow(folder);
  const write = async (change: (html: string) => string) => {
    for (const [name, html] of pages) await writeFile(file(name), change(html));
  };

  await writeCompanions(folder, written, place);

  const policy = policyOf(inlineHashes(pages.values()), weights);
  const finished = (html: string) =>
    withPolicy(html.replaceAll(POLICY_PLACEHOLDER, policy), policy);
  await write(finished);
  await writeFile(file('_headers'), headersFile(policy, place.base));

  // Pages carry the name of what they are part of, but for the name.
  const listed = files.filter((name) => !UNLISTED.test(name));
  const build = await nameOfBuild(folder, listed);
  await write((html) => withBuild(finished(html), build));
  const worker = await readFile(file(WORKER), 'utf8');
  if (!worker.includes(WORKER_BUILD))
    throw new Error(`public/${WORKER} must contain ${WORKER_BUILD}: the build is named there.`);
  const told = JSON.stringify({ name: build, files: listed.map(addressOf) });
  await writeFile(
    file(WORKER),
    worker.replace(WORKER_BUILD, () => told),
  );
  return build;
}
