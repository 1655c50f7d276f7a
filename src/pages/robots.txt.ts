import type { APIRoute } from 'astro';
import { href } from '../components/href.ts';

/** Everything may be read; the list of pages is there where the host's address is known. */
export const GET: APIRoute = ({ site }) => {
  const sitemap = site ? ['', `Sitemap: ${new URL(href('/sitemap-index.xml'), site).href}`] : [];
  return new Response(['User-agent: *', 'Allow: /', ...sitemap, ''].join('\n'));
};
