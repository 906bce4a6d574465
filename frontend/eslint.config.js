import { readdirSync } from 'node:fs';
import { URL } from 'node:url';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Folders of shared code in their order: each imports only from those before it, `api` and the files beside the folders. */
const SHARED = ['people', 'pictures', 'account', 'albums', 'selection', 'uploads', 'report'];

const unordered = readdirSync(new URL('src/shared', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !SHARED.includes(entry.name))
  .map(({ name }) => name);
if (unordered.length > 0) throw new Error(`Give ${unordered} a place in the order of shared folders.`);

const ONE_WAY =
  'Imports point one way: api, shared (in the order of eslint.config.js), features, app, tests.';
const forbid = (...group) => ({
  'no-restricted-imports': ['error', { patterns: [{ group, message: ONE_WAY }] }],
});

/** What the files of a folder must not import; only its tests may import what is there for tests. */
const layer = (folder, ...group) => [
  { files: [`${folder}/**`], rules: forbid(...group, '../*', '@/testing/*', '@/tests/*') },
  { files: [`${folder}/**/*.test.{ts,tsx}`], rules: forbid(...group, '../*', '@/tests/*') },
];

/** The layers of the page, the lowest first. */
const LAYERS = [
  layer('src/api', '@/shared/**', '@/features/*', '@/app/*'),
  layer('src/shared', '@/shared/*/*', '@/features/*', '@/app/*'),
  SHARED.map((name, place) =>
    layer(
      `src/shared/${name}`,
      ...SHARED.slice(place).map((other) => `@/shared/${other}/*`),
      '@/features/*',
      '@/app/*',
    ),
  ),
  layer('src/features', '@/features/*', '@/app/*'),
  layer('src/app'),
  layer('cli', '@/features/*', '@/app/*'),
  { files: ['cli/*/**'], rules: forbid('@/features/*', '@/app/*', '@/testing/*', '@/tests/*') },
  { files: ['cli/*/**/*.test.ts'], rules: forbid('@/features/*', '@/app/*', '@/tests/*') },
  { files: ['src/tests/**', 'src/testing/**'], rules: forbid('../*') },
].flat(2);

export default tseslint.config(
  { ignores: ['coverage', 'dist', 'dist-cli', 'node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      jsxA11y.flatConfigs.strict,
      reactHooks.configs.flat['recommended-latest'],
    ],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  ...LAYERS,
  { files: ['worker/**'], languageOptions: { globals: { ...globals.serviceworker, indexedDB: 'readonly' } } },
  {
    files: ['first/**'],
    languageOptions: { globals: { ...globals.browser, __CALLS__: 'readonly' } },
  },
  { files: ['cli/**'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.test.{ts,tsx}', 'src/testing/**'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-empty-function': 'off' },
  },
  prettier,
);
