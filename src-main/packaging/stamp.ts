/** The stamp of a build: the version and the commit it was made of, and the time of that commit, so that equal sources give equal files. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

export interface Stamp {
  readonly version: string
  /** Null outside of a repository. */
  readonly commit: string | null
  /** Seconds since 1970: SOURCE_DATE_EPOCH where it is set, else the time of the commit; null when neither is known. */
  readonly sourceDate: number | null
}

type Environment = Readonly<Record<string, string | undefined>>

/** @param root the folder of the project. */
export function stampOf(root: string, environment: Environment = process.env): Stamp {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
  const [commit = null, committed] = lastCommit(root)
  const date = Number(environment['SOURCE_DATE_EPOCH'] ?? committed ?? Number.NaN)
  return { version, commit, sourceDate: Number.isSafeInteger(date) ? date : null }
}

/** Hash of the last commit and its time in seconds; nothing where there is no git. */
function lastCommit(root: string): readonly string[] {
  try {
    const words = ['log', '-1', '--format=%H %ct']
    return execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim().split(' ')
  } catch {
    return []
  }
}
