/** What every bundle of the program has in common: its threads, and packages that stay outside. */
import path from 'node:path'
import type { BuildOptions } from 'rolldown'

export const root = path.resolve(import.meta.dirname, '..', '..')
export const source = path.join(root, 'src-main')

export const common = {
  platform: 'node',
  cwd: root,
  tsconfig: path.join(source, 'tsconfig.json'),
  // packages with native code, or which read their own files, are not bundled
  external: [/^electron$/, /^node:/, /^better-sqlite3$/, /^@tensorflow\//, /^vite$/, /^webgpu$/],
} satisfies BuildOptions

/** The program looks for workers and their helpers under these names, beside the file that starts them. */
export const threads = {
  entry: path.join(source, 'worker', 'entry.ts'),
  'helper-entry': path.join(source, 'worker', 'helper-entry.ts'),
  'read-thread': path.join(source, 'services', 'reads', 'read-thread.ts'),
  'check-thread': path.join(source, 'storage', 'check', 'check-thread.ts'),
  'copy-thread': path.join(source, 'storage', 'backup', 'copy-thread.ts'),
  'log-thread': path.join(source, 'storage', 'log-thread.ts'),
  'list-thread': path.join(source, 'storage', 'extractions', 'list-thread.ts'),
  'tagger-thread': path.join(source, 'services', 'tagger', 'tagger-thread.ts'),
}

/** ES modules in a folder, what several of them share in files beside them. */
export const modulesIn = (dir: string) => ({
  ...{ dir, format: 'esm' as const, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
})
