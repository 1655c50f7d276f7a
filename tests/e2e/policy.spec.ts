/** The policy that every page brings, and what it stops. */
import { readFileSync } from 'node:fs';
import { PAGES } from './site.ts';
import { expect, test } from './test.ts';

const SITE = 'dist-e2e/regnetx/';
const PLAIN = './guides/counts/';

/** The directives of a policy, by name. */
const directivesOf = (policy: string): Map<string, string[]> =>
  new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
const HASH = /^'sha256-[\w+/]{43}='$/;

for (const path of [...PAGES, './404.html']) {
  test(`${path} brings a strict policy, before all that it governs`, () => {
    const file = path.endsWith('.html') ? path : `${path}index.html`;
    const html = readFileSync(SITE + file, 'utf8');
    const [meta = '', ...others] =
      html.match(/<meta http-equiv="content-security-policy"[^>]*>/gi) ?? [];
    expect(others).toEqual([]);
    expect(html.indexOf(meta)).toBeGreaterThan(0);
    expect(html.slice(0, html.indexOf(meta))).not.toMatch(/<(script|style|link)\b/);
    const policy = directivesOf(/ content="([^"]*)"/.exec(meta)?.[1] ?? '');
    const unhashed = (name: string) => policy.get(name)?.filter((source) => !HASH.test(source));
    expect(unhashed('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(unhashed('style-src')).toEqual(["'self'"]);
    expect(policy.get('connect-src')).toEqual([
      "'self'",
      'https://huggingface.co',
      'https://*.hf.co',
    ]);
    expect(policy.get('default-src')).toEqual(["'self'"]);
    for (const name of ['object-src', 'frame-src', 'media-src', 'base-uri', 'form-action'])
      expect(policy.get(name)).toEqual(["'none'"]);
    // Nothing that such a policy stops: handlers in attributes, addresses that are scripts.
    expect(html).not.toMatch(/<[^>]+\son[a-z]+=/);
    expect(html).not.toMatch(/(href|src|action)=["']?\s*javascript:/i);
  });
}

test('it stops scripts, styles and requests of others, and such a test fails', async ({
  page,
  violations,
}) => {
  await page.goto(PLAIN);
  const stopped = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const directives: string[] = [];
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          directives.push(effectiveDirective);
          if (directives.length === 5) resolve(directives.sort());
        });
        const script = document.createElement('script');
        script.textContent = 'document.title = "run"';
        const style = document.createElement('style');
        style.textContent = 'body { opacity: 0 }';
        const link = document.createElement('a');
        link.setAttribute('onclick', 'document.title = "run"');
        document.head.append(script, style);
        document.body.append(link);
        link.click();
        void fetch('https://example.com/').catch(() => undefined);
        const image = new Image();
        image.src = 'https://example.com/pixel.png';
      }),
  );
  expect(await stopped).toEqual([
    'connect-src',
    'img-src',
    'script-src-attr',
    'script-src-elem',
    'style-src-elem',
  ]);
  expect(await page.title()).not.toBe('run');
  // The fixture of all tests has seen each of them.
  expect(violations.splice(0).length).toBeGreaterThanOrEqual(5);
});

test('compiling strings is stopped, compiling WebAssembly is not', async ({ page, violations }) => {
  await page.goto(PLAIN);
  const outcome = await page.evaluate(async () => {
    // Later: what a test evaluates is past the policy while it is evaluated.
    await new Promise((resolve) => setTimeout(resolve));
    let compiled: unknown;
    try {
      compiled = globalThis.eval('1');
    } catch (error) {
      compiled = (error as Error).name;
    }
    const module = await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    return [compiled, module instanceof WebAssembly.Module];
  });
  expect(outcome).toEqual(['EvalError', true]);
  violations.splice(0);
});
