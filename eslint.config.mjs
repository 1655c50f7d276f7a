// Typed linting, and the import directions of the house: each folder of src/ may import only what
// stands in its list. TensorFlow.js is the engine's alone; islands reach the engine and the weights by
// import(). A test walks the imports for circles (tests/unit/imports.test.ts).
import astro from 'eslint-plugin-astro';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const FOLDERS = {
  regnet: [],
  checkpoints: ['regnet'],
  threads: [],
  engine: ['regnet', 'checkpoints', 'threads'],
  weights: ['regnet', 'checkpoints', 'threads'],
  zoo: ['regnet'],
  charts: ['regnet', 'zoo'],
  recount: ['regnet', 'checkpoints', 'threads', 'engine', 'zoo'],
  islands: ['regnet', 'zoo', 'charts'],
  // What reads a checkpoint beside its page, on a thread of its own; the page gets it by import().
  'islands/inspector/reader': ['regnet', 'checkpoints', 'threads', 'weights'],
  site: ['regnet', 'zoo', 'charts'],
  components: ['regnet', 'zoo', 'charts', 'recount', 'islands', 'site'],
  pages: ['regnet', 'checkpoints', 'zoo', 'charts', 'islands', 'components'],
  cli: ['regnet', 'checkpoints', 'threads', 'engine', 'weights', 'zoo', 'recount'],
  package: ['regnet', 'checkpoints', 'threads', 'engine', 'weights', 'zoo', 'cli'],
};

/** Islands read the table of backends, which loads none of them. */
const TABLE = '(?!backends/index\\.ts$)';

const TFJS = { regex: '^@tensorflow/', message: 'Only src/engine may import TensorFlow.js.' };

/** The restrictions of one folder, as configuration of `no-restricted-imports`. */
function directions([folder, allowed]) {
  const [top] = folder.split('/');
  const forbidden = Object.keys(FOLDERS).filter((f) => f !== top && !allowed.includes(f));
  const patterns = [];
  if (forbidden.length > 0)
    patterns.push({
      regex: `^\\.\\./(.*/)?(${forbidden.join('|')})/${top === 'islands' ? TABLE : ''}`,
      message: `src/${folder} may import: ${allowed.join(', ') || 'nothing'}.`,
      allowTypeImports: folder === 'islands',
    });
  if (folder !== 'engine') patterns.push(TFJS);
  if (folder === 'regnet')
    patterns.push({ regex: '^[^.]', message: 'src/regnet imports nothing.' });
  const dynamic = ['islands', 'cli', 'package', 'engine', 'weights'].includes(top)
    ? []
    : [
        {
          selector: 'ImportExpression[source.value=/\\u002f(engine|weights)\\u002f/]',
          message: 'Only islands load the engine and the weights.',
        },
      ];
  return {
    files: [`src/${folder}/**/*.{ts,tsx,astro}`],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
      'no-restricted-syntax': ['error', ...dynamic],
    },
  };
}

export default defineConfig(
  {
    ignores: [
      'dist/',
      'dist-e2e/',
      'lib/',
      // Other projects, which have the package as their dependency.
      'tests/package/examples/',
      '.astro/',
      'public/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  ...astro.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', 'src/site/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.astro'],
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  ...Object.entries(FOLDERS).map(directions),
  { files: ['tests/**', 'src/cli/**'], rules: { 'no-console': 'off' } },
  {
    files: ['tests/e2e/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          name: '@playwright/test',
          importNames: ['test'],
          message: 'The `test` of ./test.ts fails when a page breaks its policy.',
        },
      ],
    },
  },
  // The types of Astro's virtual modules are not visible to the linter; astro check reads them.
  { files: ['**/*.astro', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);
