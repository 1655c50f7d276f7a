import { describe, expect, it } from 'vitest';
import { ISOLATION } from '../../../isolation.ts';
import {
  apacheConfiguration,
  headersFile,
  headersWith,
  nginxConfiguration,
} from '../../../src/site/headers.ts';

const POLICY = "default-src 'none'; script-src 'self'";

describe('headers', () => {
  it('carry the policy, what a meta element cannot say, and the isolation', () => {
    expect(headersWith(POLICY)).toMatchObject({
      'Content-Security-Policy': `${POLICY}; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      ...ISOLATION,
    });
  });

  it.each(['/', '/regnetx/'])('are written for the base %s', (base) => {
    const file = headersFile(POLICY, base);
    const paths = file.split('\n').filter((line) => line.startsWith('/'));
    expect(paths).toEqual([`${base}*`, `${base}_astro/*`]);
    for (const [name, value] of Object.entries(headersWith(POLICY)))
      expect(file).toContain(`\n  ${name}: ${value}\n`);
    expect(nginxConfiguration(POLICY, base)).toContain(`location ${base}_astro/ {`);
    expect(apacheConfiguration(POLICY, base)).toContain(`m#^${base}_astro/#`);
  });

  it('are repeated by nginx in the block that has one more', () => {
    const [, pages = '', hashed = ''] = nginxConfiguration(POLICY, '/').split('location ');
    for (const [name, value] of Object.entries(headersWith(POLICY)))
      for (const block of [pages, hashed])
        expect(block).toContain(`add_header ${name} "${value}" always;`);
  });
});
