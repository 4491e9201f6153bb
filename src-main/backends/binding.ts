/** Bindings: the packages that put TensorFlow's own library behind TensorFlow.js, and the places where they are found. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export type BindingName = 'tensorflow' | 'tensorflow-gpu'

interface Binding {
  /** Name of the published package. */
  readonly package: string
  /** The command that installs it. */
  readonly setup: string
}

export const bindings: Readonly<Record<BindingName, Binding>> = {
  tensorflow: { package: '@tensorflow/tfjs-node', setup: 'npm run setup:cpu' },
  'tensorflow-gpu': { package: '@tensorflow/tfjs-node-gpu', setup: 'npm run setup:gpu' },
}

/**
 * Folder of a binding in the project: beside `node_modules`, which npm empties, but where packages of the project are
 * still found, since a process may have only one TensorFlow.js core.
 */
export function bindingFolder(root: string, name: BindingName): string {
  return path.join(root, 'native', name)
}

/** Place that a binding is imported from: the one in the project, else a package that somebody installed by hand. */
export function bindingToImport(name: BindingName): string {
  const folder = bindingFolder(fileURLToPath(new URL('../../', import.meta.url)), name)
  const file = path.join(folder, 'dist', 'index.js')
  return existsSync(file) ? pathToFileURL(file).href : bindings[name].package
}
