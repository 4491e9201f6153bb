/** `npm run check`: types and style, beside each other. `npm run types` and `npm run lint` are halves of it. */
import path from 'node:path'
import { runSideBySide, type Words } from './support/side-by-side.ts'

const root = path.resolve(import.meta.dirname, '..')
const packages = path.join(root, 'node_modules')
const cache = path.join(packages, '.cache')

/** The compiler notes what it found, so that the next run checks only what has changed. */
function typesOf(compiler: string, project: string): Words {
  const notes = path.join(cache, 'types', `${project}.tsbuildinfo`)
  return [path.join(packages, compiler), '-p', project, '--incremental', '--tsBuildInfoFile', notes]
}

/** The slowest of each stands first. */
const checks = {
  lint: [
    [path.join(packages, 'eslint/bin/eslint.js'), '-c', 'test/eslint.config.js', '.'],
    [
      ...[path.join(packages, 'prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
      ...['--cache', '--cache-strategy', 'content', '--cache-location', path.join(cache, 'prettier', 'check')],
    ],
  ],
  // the project `test` has all of src-main in it, with what a browser knows; src-main is checked again without
  types: [
    typesOf('typescript/bin/tsc', 'test'),
    typesOf('vue-tsc/bin/vue-tsc.js', 'src-renderer'),
    typesOf('typescript/bin/tsc', 'src-main'),
  ],
} satisfies Record<string, Words[]>

const asked = process.argv[2]
const all = Object.entries(checks).flatMap(([name, programs]) => (name === (asked ?? name) ? programs : []))
const isWell = await runSideBySide(all, root, (output) => process.stdout.write(output))
process.exitCode = isWell ? 0 : 1
