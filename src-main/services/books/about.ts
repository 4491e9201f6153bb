/** What this build of the program is, from the stamp that `npm run build` leaves in out/. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { About } from '#main/api/books'
import { readOwnPackage } from '#main/machine/own-package'

interface Stamp {
  readonly version: string
  readonly commit: string | null
  /** Seconds since 1970. */
  readonly sourceDate: number | null
}

/** A file in out/, which lies above the bundles and beside the sources. */
export function findBuilt(name: string): string | null {
  const candidates = ['..', '../../../out', '../../out'].map((up) => path.join(import.meta.dirname, up, name))
  return candidates.find((file) => existsSync(file)) ?? null
}

/** Sources that were never built have no stamp but their version. */
export function readStamp(): Stamp {
  const file = findBuilt('stamp.json')
  if (file === null) return { version: readOwnPackage().version, commit: null, sourceDate: null }
  return JSON.parse(readFileSync(file, 'utf8')) as Stamp
}

export function readAbout(): About {
  const { version, commit, sourceDate } = readStamp()
  const { electron, chrome, node } = process.versions
  return {
    ...{ version, commit, builtMs: sourceDate === null ? null : sourceDate * 1000 },
    runtime: [...(electron ? [`Electron ${electron}`, `Chromium ${chrome ?? ''}`] : []), `Node ${node}`].join(', '),
  }
}
