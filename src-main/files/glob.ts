/** Patterns of file names (`*`, `**`, `?`, `[…]`, `{…}`), for where the shell did not expand them. */
import { glob, realpath, stat } from 'node:fs/promises'
import { basename, sep } from 'node:path'
import { kindLeftOut, type Tally } from './left-out.ts'
import { naturalKey } from './natural-order.ts'
import { unreadable } from './unreadable.ts'
import { batch, type FoundFile } from './walk.ts'

export function isPattern(named: string): boolean {
  return /[*?[{]/.test(named)
}

/** The files that the pattern matches, hidden ones left out, in natural order. @throws AppError naming a file that cannot be read. */
export async function globFiles(pattern: string, tally: Tally, signal?: AbortSignal): Promise<readonly FoundFile[]> {
  const matches: { readonly key: string; readonly path: string }[] = []
  for await (const path of glob(pattern)) {
    signal?.throwIfAborted()
    matches.push({ key: path.split(sep).map(naturalKey).join(sep), path })
  }
  const paths = matches.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ path }) => path)
  const files: FoundFile[] = []
  for (let at = 0; at < paths.length; at += batch) {
    signal?.throwIfAborted()
    for (const file of await Promise.all(paths.slice(at, at + batch).map(lookAt))) {
      const kind = file && kindLeftOut(basename(file.path))
      if (kind) tally.add(kind, file.path)
      else if (file) files.push(file)
    }
  }
  return files
}

/** Null for what is no regular file: patterns match folders too. */
async function lookAt(path: string): Promise<FoundFile | null> {
  try {
    const found = await stat(path)
    if (!found.isFile()) return null
    const real = await realpath(path)
    return { ...{ path, name: path, real, size: found.size }, isLink: basename(real) !== basename(path) }
  } catch (error) {
    throw unreadable(path, error)
  }
}
