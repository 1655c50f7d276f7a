import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inlineHashes, policyOf, weightSources, withPolicy } from '../../../src/site/policy.ts';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const scriptsOf = (html: string) => [...inlineHashes([html]).scripts];
const stylesOf = (html: string) => [...inlineHashes([html]).styles];

describe('the hashes of inline elements', () => {
  it('cover scripts of every kind that runs, and style elements', () => {
    const html =
      '<script>a</script><script type="module">b</script><script aria-hidden="true" data-x="1>0">c</script\n>' +
      "<style>d</style><svg><style media='print'>e</style></svg>";
    expect(scriptsOf(html)).toEqual(['a', 'b', 'c'].map(hash));
    expect(stylesOf(html)).toEqual(['d', 'e'].map(hash));
  });

  it('leave out files and data', () => {
    const html =
      '<script src="/a.js"></script><script type="module" src=/b.js></script>' +
      '<script type="application/json">{}</script><script type="application/ld+json">{}</script>';
    expect(scriptsOf(html)).toEqual([]);
  });

  it('are those of the text as the browser parses it, to the last space', () => {
    expect(scriptsOf('<script>\r\n if (1 < 2) "</b>";\r\n</script>')).toEqual([
      hash('\n if (1 < 2) "</b>";\n'),
    ]);
    expect(scriptsOf('<pre>&lt;script>a&lt;/script></pre>')).toEqual([]);
  });

  it('name equal elements once, over all pages', () => {
    expect(inlineHashes(['<script>a</script>', '<script>a</script>']).scripts.size).toBe(1);
  });
});

describe('where weights may come from', () => {
  it('is the hub with the hosts that it redirects to', () => {
    expect(weightSources()).toEqual(['https://huggingface.co', 'https://*.hf.co']);
    expect(weightSources('', '')).toEqual(weightSources());
  });

  it('is nowhere else for a path on the own host', () => {
    expect(weightSources('/hub')).toEqual([]);
  });

  it('is the host of an address, whatever its path, and those that it redirects to', () => {
    expect(weightSources('https://weights.example.org:8443/hub/')).toEqual([
      'https://weights.example.org:8443',
    ]);
    expect(weightSources('https://a.example', ' https://*.b.example  https://c.example/x')).toEqual(
      ['https://a.example', 'https://*.b.example', 'https://c.example'],
    );
  });

  it('is refused where it is no address', () => {
    expect(() => weightSources('weights')).toThrow(/PUBLIC_WEIGHTS_BASE .*weights/);
    expect(() => weightSources('https://a.example; script-src *')).toThrow();
  });
});

describe('the policy', () => {
  const policy = policyOf({ scripts: new Set(["'sha256-b'", "'sha256-a'"]), styles: new Set() }, [
    'https://hub.example',
  ]);

  it('allows the site alone by default and names what else it allows, in a fixed order', () => {
    expect(policy).toMatch(
      /^default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-a' 'sha256-b';/,
    );
    expect(policy).toContain("connect-src 'self' https://hub.example;");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy.match(/[\w-]+ 'unsafe-inline'/g)).toEqual(["style-src-attr 'unsafe-inline'"]);
  });

  it('stands behind the charset and before everything else', () => {
    const page = '<html><head><meta charset="utf-8"><script>a</script></head></html>';
    expect(withPolicy(page, policy)).toBe(
      `<html><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="${policy}"><script>a</script></head></html>`,
    );
  });

  it('is refused by a page that it would not govern as a whole', () => {
    expect(() => withPolicy('<head><script>a</script><meta charset="utf-8">', policy)).toThrow();
    expect(() => withPolicy('<head><title>x</title>', policy)).toThrow();
  });
});
