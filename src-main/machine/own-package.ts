/** Versions from package.json: of this program, and of the packages that it computes with. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

interface OwnPackage {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}

export function readOwnPackage(): OwnPackage {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as OwnPackage
}
