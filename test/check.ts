/** `npm run check`: types and style, beside each other. `npm run types` and `npm run lint` are halves of it. */
import path from 'node:path'
import { runSideBySide, type Words } from './support/side-by-side.ts'

const root = path.resolve(import.meta.dirname, '..')
const packages = path.join(root, 'node_modules')
const cache = path.join(packages, '.cache')

/** The slowest of each stands first. */
const checks = {
  lint: [
    [path.join(packages, 'eslint/bin/eslint.js'), '-c', 'test/eslint.config.js', 'src-renderer'],
    [path.join(packages, 'oxfmt/bin/oxfmt'), '--check'],
  ],
  types: [
    [
      path.join(packages, 'vue-tsc/bin/vue-tsc.js'),
      ...['-p', 'src-renderer', '--incremental', '--tsBuildInfoFile', path.join(cache, 'types', 'window.tsbuildinfo')],
    ],
    // rules and types of all but components: each file is checked in the project whose tsconfig.json lies nearest
    [path.join(packages, 'oxlint/bin/oxlint'), '--type-aware', '--type-check', '--format', 'unix', '.'],
  ],
} satisfies Record<string, Words[]>

const asked = process.argv[2]
const all = Object.entries(checks).flatMap(([name, programs]) => (name === (asked ?? name) ? programs : []))
const isWell = await runSideBySide(all, root, (output) => process.stdout.write(output))
process.exitCode = isWell ? 0 : 1
