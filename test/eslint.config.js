/** Rules for components; all other files have theirs in `.oxlintrc.json`, whose linter cannot read templates. */
import pluginVue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { windowParser } from './support/window-parser.ts'

const root = new URL('..', import.meta.url).pathname

export default tseslint.config({
  files: ['src-renderer/**/*.vue'],
  basePath: root,
  extends: [...tseslint.configs.recommended, pluginVue.configs['flat/recommended']],
  languageOptions: {
    parser: vueParser,
    parserOptions: {
      parser: windowParser,
      extraFileExtensions: ['.vue'],
      project: './src-renderer/tsconfig.json',
      tsconfigRootDir: root,
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
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
    'no-console': 'error',
    'no-restricted-syntax': [
      'error',
      {
        selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
        message: 'Draw from a seeded generator, so that a run can be repeated.',
      },
    ],
    'no-restricted-properties': [
      'error',
      ...['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'].map((property) => ({
        property,
        message: 'Write moments with text/moment.ts and counts with text/numbers.ts, so that all look alike.',
      })),
    ],
    'no-restricted-globals': ['error', { name: 'Intl', message: 'Write moments with text/moment.ts.' }],
  },
})
