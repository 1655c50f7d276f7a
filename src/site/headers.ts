/** What a host should send with the built site, and the file that tells it to. */
import { ISOLATION } from '../../isolation.ts';

/** Stands for the policy in the guide, until the build knows it. */
export const POLICY_PLACEHOLDER = 'POLICY-OF-THIS-BUILD';

/**
 * The headers for every file, with a policy as `policyOf` makes it. A `<meta>` cannot say who may
 * frame the pages, and does not reach workers: their own files must bring the policy.
 */
export function headersWith(policy: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    // The hub need not know which page asks.
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
    ...ISOLATION,
  };
}

/** Files whose names contain a hash of what is in them. */
export const HASHED = '_astro/';
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The `_headers` file that Netlify, Cloudflare Pages and others read, for a site below `base`, which
 * ends with a slash. It belongs into the root of what is published.
 */
export function headersFile(policy: string, base: string): string {
  const lines = Object.entries(headersWith(policy)).map(([name, value]) => `  ${name}: ${value}`);
  return [`${base}*`, ...lines, `${base}${HASHED}*`, `  Cache-Control: ${FOR_EVER}`, ''].join('\n');
}

/** The same for nginx, in which a block with headers of its own forgets those around it. */
export function nginxConfiguration(policy: string, base: string): string {
  const headers = Object.entries(headersWith(policy)).map(
    ([name, value]) => `  add_header ${name} "${value}" always;`,
  );
  return [
    `error_page 404 ${base}404.html;`,
    `location ${base} {`,
    ...headers,
    '}',
    `location ${base}${HASHED} {`,
    ...headers,
    `  add_header Cache-Control "${FOR_EVER}";`,
    '}',
  ].join('\n');
}

/** The same for Apache with mod_headers, as an `.htaccess` beside the site's `index.html`. */
export function apacheConfiguration(policy: string, base: string): string {
  const headers = Object.entries(headersWith(policy)).map(
    ([name, value]) => `Header always set ${name} "${value}"`,
  );
  return [
    `ErrorDocument 404 ${base}404.html`,
    ...headers,
    `<If "%{REQUEST_URI} =~ m#^${base}${HASHED}#">`,
    `  Header set Cache-Control "${FOR_EVER}"`,
    '</If>',
  ].join('\n');
}
