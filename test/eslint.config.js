import pluginVue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { windowParser } from './support/window-parser.ts'

const root = new URL('..', import.meta.url).pathname
const shells = ['src-main/cli/**', 'src-main/shell-*/**', 'resources/**', 'test/**']

/** The rules of Vue ask for the type of every operand, which takes as long as all else together: only the window has them. */
const window = { files: ['src-renderer/**/*.vue', 'src-renderer/**/*.ts'], ignores: ['**/*.config.ts'] }

export default tseslint.config(
  {
    ignores: ['src-main/kernels/assembly/**', 'node_modules/**', 'out/**', 'dist/**', '**/*.js'],
    basePath: root,
  },
  ...tseslint.configs.recommended,
  {
    languageOptions: { parserOptions: { project: './test/tsconfig.json', tsconfigRootDir: root } },
  },
  { ...window, extends: pluginVue.configs['flat/recommended'] },
  {
    ...window,
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: windowParser,
        extraFileExtensions: ['.vue'],
        project: './src-renderer/tsconfig.json',
      },
    },
    rules: {
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multi-word-component-names': 'error',
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['**/*.ts', '**/*.vue'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export, so that a search finds it.' },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'Draw from a seeded generator, so that a run can be repeated.',
        },
      ],
    },
  },
  {
    ...window,
    rules: {
      'no-restricted-properties': [
        'error',
        ...['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'].map((property) => ({
          property,
          message: 'Write moments with text/moment.ts and counts with text/numbers.ts, so that all look alike.',
        })),
      ],
      'no-restricted-globals': ['error', { name: 'Intl', message: 'Write moments with text/moment.ts.' }],
    },
  },
  { files: shells, rules: { 'no-console': 'off' } },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
)
