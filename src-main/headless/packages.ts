/** The packages that the headless program needs beside its bundles, copied without what only building and browsers need. */
import { cpSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
}

/** Taggers, which are loaded only where a model asks for them: what is not installed is left out. */
const optional = ['wink-nlp', 'wink-eng-lite-web-model']

/** They hold native code, or read their own files. */
const needed = [
  'better-sqlite3',
  ...['core', 'backend-cpu', 'backend-wasm', 'backend-webgpu'].map((part) => `@tensorflow/tfjs-${part}`),
]

/** Types and the headers of native code. */
const isOnlyForBuilding = (name: string): boolean => /^@types\/|^@webgpu\/types$|^node-addon-api$/.test(name)

/** Folders and files that no running program reads. */
const isLeftOut = (within: string): boolean =>
  /_test\.js$|(^|\/)(miniprogram|wasm-out)\/|\.(map|ts|mts|cts|md|flow|gypi?|html)$|^(src|deps|demos|benchmarks|scripts|test)\/|\/(test|tests|bin|benchmarks)\/|(^|\/)[\w-]*\.?(es2017|fesm|min)\.js$|^dist\/[\w-]*\.(es2017|fesm)[\w.]*js$/.test(
    within,
  )

/** Copies them with all that they need. @returns their names with their versions. */
export function copyPackages(root: string, target: string): Record<string, string> {
  const versions: Record<string, string> = {}
  const waiting = [...needed, ...optional]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name in versions || isOnlyForBuilding(name)) continue
    const from = path.join(root, 'node_modules', name)
    // what the sources do without, the package does without: old Node needed a fetch of its own
    if (!existsSync(from) && !needed.includes(name)) continue
    const manifest = JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8')) as Manifest & { version: string }
    versions[name] = manifest.version
    waiting.push(...Object.keys(manifest.dependencies ?? {}))
    cpSync(from, path.join(target, 'node_modules', name), {
      recursive: true,
      dereference: true,
      filter: (source) => !isLeftOut(path.relative(from, source).split(path.sep).join('/')),
    })
  }
  return versions
}
