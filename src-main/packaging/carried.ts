/** Packages that the installable program carries: in its bundles, in the window, in the kernels, and beside them. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Packages beside the bundles: they hold native code or read their own files. `electron-builder.yml` names them too. */
export const besideBundles: readonly string[] = [
  ...['core', 'backend-cpu', 'backend-wasm', 'backend-webgpu'].map((part) => `@tensorflow/tfjs-${part}`),
  'better-sqlite3',
  'seedrandom',
  'wink-eng-lite-web-model',
  'wink-nlp',
]

/** Package that TensorFlow.js has taken into its own builds. */
const withinBuilds = ['long']

/** Package whose standard library is compiled into the kernels, though the package itself is only used to build. */
const inKernels = ['assemblyscript']

export interface Carried {
  /** Relative to the project. */
  readonly folder: string
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name: string }
}

/**
 * @param root the folder of the project, installed and built.
 * @returns the packages by their names; optional ones that are not installed are left out.
 */
export function carriedPackages(root: string): readonly Carried[] {
  const beside = besideBundles.filter((name) => existsSync(path.join(root, 'node_modules', name)))
  const inWindow = read<readonly { name: string }[]>(root, 'window', 'licences.json').map(({ name }) => name)
  const inMain = read<readonly string[]>(root, 'main', 'packages.json')
  const named = [...beside, ...withinBuilds, ...inKernels, ...inWindow].map((name) => `node_modules/${name}`)
  return [...new Set([...named, ...inMain])].map((folder) => describe(root, folder)).toSorted(byName)
}

const byName = (a: Carried, b: Carried): number => (`${a.name} ${a.folder}` < `${b.name} ${b.folder}` ? -1 : 1)

/** @param folder of a package, relative to the project. */
export function describe(root: string, folder: string): Carried {
  const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as Carried
  return { ...manifest, folder }
}

/** What a bundler wrote about its packages. */
function read<T>(root: string, ...names: readonly string[]): T {
  const file = path.join(root, 'out', ...names)
  if (!existsSync(file)) throw new Error(`${file} is missing: run npm run build first.`)
  return JSON.parse(readFileSync(file, 'utf8')) as T
}
