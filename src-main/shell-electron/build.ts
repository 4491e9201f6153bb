/** Bundles the desktop shell to out/main: main and the compute worker as ES modules, the preload as one CommonJS file. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { build, type BuildOptions } from 'rolldown'

const root = path.resolve(import.meta.dirname, '..', '..')
const source = path.join(root, 'src-main')
const dir = path.join(root, 'out', 'main')

const common: BuildOptions = {
  platform: 'node',
  cwd: root,
  tsconfig: path.join(source, 'tsconfig.json'),
  // packages with native code, or which read their own files, are not bundled
  external: [/^electron$/, /^node:/, /^better-sqlite3$/, /^@tensorflow\//],
}

const { output } = await build({
  ...common,
  // the program looks for workers and their helpers under these names, beside the file that starts them
  input: {
    main: path.join(source, 'shell-electron', 'main.ts'),
    entry: path.join(source, 'worker', 'entry.ts'),
    'helper-entry': path.join(source, 'worker', 'helper-entry.ts'),
    'read-thread': path.join(source, 'services', 'reads', 'read-thread.ts'),
    'check-thread': path.join(source, 'storage', 'check', 'check-thread.ts'),
    'copy-thread': path.join(source, 'storage', 'backup', 'copy-thread.ts'),
    'log-thread': path.join(source, 'storage', 'log-thread.ts'),
    'list-thread': path.join(source, 'storage', 'extractions', 'list-thread.ts'),
    'tagger-thread': path.join(source, 'services', 'tagger', 'tagger-thread.ts'),
  },
  output: { dir, format: 'esm', cleanDir: true, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
})
// names of the packages in the bundle: test/shell-electron/licences.test.ts looks for the licence of each
const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
const names = modules.flatMap((id) => /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1] ?? [])
writeFileSync(path.join(dir, 'packages.json'), JSON.stringify([...new Set(names)].toSorted()))
await build({
  ...common,
  input: { preload: path.join(source, 'shell-electron', 'preload.ts') },
  output: { dir, format: 'cjs', entryFileNames: '[name].cjs' },
})
