/** The folder of resources: it is beside the source, or beside the code of a packaged program. */
import { existsSync } from 'node:fs'
import path from 'node:path'

/** @param name of a folder in it. */
export function findResources(name: string): string {
  const candidates = ['../../../resources', '../../resources', '../resources'].map((up) =>
    path.join(import.meta.dirname, up, name),
  )
  return candidates.find((folder) => existsSync(folder)) ?? candidates[0] ?? name
}
