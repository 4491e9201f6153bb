/** EntryFile: the main file of a thread or process that the program starts. */
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The source of an entry, or in a bundle the file of the same name beside it. A program that runs from its sources takes the bundles of the
 * folder that the environment names (ESPALIER_BUNDLES), where there is one: they load in a third of the time, and the tests start hundreds.
 * @param module the URL of the file that starts it. @param source relative to that file, as "./read-thread.ts".
 */
export function entryFile(module: string, source: string): URL {
  const bundle = `${path.basename(source, '.ts')}.js`
  if (!module.endsWith('.ts')) return new URL(`./${bundle}`, module)
  const bundles = process.env['ESPALIER_BUNDLES']
  return bundles ? pathToFileURL(path.join(bundles, bundle)) : new URL(source, module)
}
