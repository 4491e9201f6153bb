/**
 * Runs a program of Espalier: `node src-main/run.js PROGRAM WORD...`. Plain JavaScript, which any Node reads: before
 * `npm ci` there is only the system's, which may be too old for TypeScript, and no package.
 */
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The first that runs TypeScript as the sources need it. `npm ci` brings it as the package "node". */
const leastNode = 24

function whyNot() {
  const packages = path.resolve(fileURLToPath(import.meta.url), '..', '..', 'node_modules')
  if (!existsSync(path.join(packages, 'better-sqlite3')))
    return 'The packages that Espalier needs are not installed yet: run "npm ci" first.'
  if (Number.parseInt(process.versions.node) >= leastNode) return null
  return (
    `Espalier runs on Node ${leastNode}, which "npm ci" brings along, and this is Node ${process.versions.node}: ` +
    'start it with npm, and if that is what you did, run "npm ci" again without --ignore-scripts and --omit=dev.'
  )
}

/** Programs that `npm ci` bundles, which start in a third of the time. */
const bundles = { 'cli/main.ts': 'espalier.js', 'shell-server/start.ts': 'start.js' }

/** The bundle of a program, unless a source has changed since it was made, or been added or taken away. */
function bundleOf(file) {
  const room = path.resolve(fileURLToPath(import.meta.url), '..')
  const name = bundles[path.relative(room, file).replaceAll(path.sep, '/')]
  const bundle = path.resolve(room, '..', 'out', 'main', name ?? '')
  const made = name && existsSync(bundle) ? statSync(bundle).mtimeMs : 0
  const isFresh = made > 0 && [path.resolve(room, '..', 'package.json'), ...entriesOf(room)].every(isOlder)
  function isOlder(entry) {
    return statSync(entry).mtimeMs <= made
  }
  return isFresh ? bundle : file
}

/** Sources of the program, and its folders, whose time changes with the names in them. */
function entriesOf(room) {
  const entries = readdirSync(room, { recursive: true, withFileTypes: true })
  const sources = entries.filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
  return sources.map((entry) => path.join(entry.parentPath, entry.name))
}

const reason = whyNot()
if (reason !== null) {
  console.error(reason)
  process.exitCode = 1
} else {
  const [, , program = '', ...words] = process.argv
  const file = realpathSync(program)
  process.argv.splice(1, process.argv.length, file, ...words)
  await import(pathToFileURL(bundleOf(file)).href)
}
