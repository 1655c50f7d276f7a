import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import starlight from '@astrojs/starlight';
import { defineConfig, fontProviders } from 'astro/config';
import { ISOLATION } from './isolation.ts';
import { finish } from './src/site/finish.ts';
import { charactersOf, smallFont, WEIGHTS } from './src/site/fonts.ts';
import { systemTheme } from './src/site/system-theme.ts';
import { models } from './src/zoo/models.ts';

/** Every character that the site may show. */
const characters = await charactersOf(['content', 'src']);

/** What the site uses of a variable font from an npm package, served by the site itself. */
const font = async (name, cssVariable, file, fallback) => ({
  provider: fontProviders.local(),
  name,
  cssVariable,
  fallbacks: [fallback],
  // The files are preloaded; a font that comes late all the same must not move what is being read.
  display: 'optional',
  options: {
    variants: await Promise.all(
      ['normal', 'italic'].map(async (style) => ({
        weight: WEIGHTS,
        style,
        src: [
          `./${await smallFont(`node_modules/@fontsource-variable/${file}-${style}.woff2`, characters, '.astro/fonts')}`,
        ],
      })),
    ),
  },
});

/** What a worker's entry imports is a chunk of its own (why: src/engine/worker.ts). */
const behindEntry = {
  debugName: 'what a worker runs',
  name: (id, modules) =>
    modules.getModuleInfo(id)?.importers.some((by) => modules.getModuleInfo(by)?.isEntry)
      ? basename(id, '.ts')
      : null,
};

const guides = [
  ['From AnyNet to RegNetX', 'guides/design-space'],
  ['Grouped convolution', 'guides/grouped-convolution'],
  ['How the counts are made', 'guides/counts'],
  ['Why activations predict time', 'guides/activations'],
  ['How to read these pages', 'guides/reading'],
  ['How to read an accuracy difference', 'guides/differences'],
  ['How to read a recount', 'guides/recount'],
  ['How the classifier works', 'guides/classifier'],
  ['Look inside, and time your device', 'guides/instrument'],
  ['Bring your own RegNetX', 'guides/your-own'],
  ['Use it in your own page', 'guides/package'],
  ['How fast it is', 'guides/speed'],
  ['Host the zoo yourself', 'guides/hosting'],
];

// `base` and `site` are given on the command line where needed: astro build --base /regnetx/
export default defineConfig({
  // Astro's default drops the space between a word and a link on the next line.
  compressHTML: true,
  fonts: await Promise.all([
    font('Inter', '--font-sans', 'inter/files/inter-latin-wght', 'sans-serif'),
    font('Source Serif', '--font-serif', 'source-serif-4/files/source-serif-4-latin-wght', 'serif'),
  ]),
  // The policy of all pages names each inline style element: the fewer, the shorter it is.
  build: { inlineStylesheets: 'never' },
  // A worker of several files: the CPU backend is only fetched where it is wanted.
  vite: {
    worker: {
      format: 'es',
      rolldownOptions: { output: { codeSplitting: { groups: [behindEntry] } } },
    },
    css: { postcss: { plugins: [systemTheme()] } },
    resolve: {
      alias: [
        {
          find: /^@pagefind\/default-ui$/,
          replacement: fileURLToPath(new URL('./src/components/pagefind-ui.ts', import.meta.url)),
        },
      ],
    },
    // One style sheet rather than six to ten; each kind of page gets its part of it (src/site/sheets.ts).
    build: { cssCodeSplit: false },
  },
  server: { headers: ISOLATION },
  markdown: { processedDirs: ['./content/docs'] },
  integrations: [
    preact(),
    starlight({
      title: 'RegNetX zoo',
      description:
        'The twelve RegNetX image classifiers: computed diagrams, sourced accuracy, and the networks running live in the page.',
      favicon: '/favicon.svg',
      credits: false,
      disable404Route: true,
      customCss: [
        './src/styles/tokens.css',
        './src/styles/theme.css',
        './src/styles/charts.css',
        './src/styles/scroller.css',
        './src/styles/site.css',
        './src/styles/update.css',
        './src/styles/scriptless.css',
        './src/styles/print.css',
      ],
      components: {
        Head: './src/components/Head.astro',
        Header: './src/components/Header.astro',
        SiteTitle: './src/components/SiteTitle.astro',
        PageTitle: './src/components/PageTitle.astro',
        Footer: './src/components/Footer.astro',
        MobileMenuFooter: './src/components/MobileMenuFooter.astro',
      },
      expressiveCode: { themes: ['github-dark', 'github-light'], defaultProps: { wrap: true } },
      sidebar: [
        { label: 'The zoo', link: '/' },
        {
          label: 'Models',
          items: models.map(({ id, name }) => ({ label: name, link: `/models/${id}/` })),
        },
        {
          label: 'Tools',
          items: [
            { label: 'Compare', link: '/compare/' },
            { label: 'The design space, live', link: '/design/' },
            { label: 'This device', link: '/device/' },
            { label: 'Open a checkpoint', link: '/checkpoint/' },
          ],
        },
        {
          label: 'Accuracy',
          items: [
            { label: 'Ours against official', link: '/accuracy/' },
            { label: 'The audit', link: '/audit/' },
            { label: 'Recount an accuracy', link: '/recount/' },
          ],
        },
        { label: 'Guides', items: guides.map(([label, slug]) => ({ label, slug })) },
        { label: 'Data', slug: 'guides/data' },
      ],
    }),
    mdx(),
    finish(),
  ],
});
