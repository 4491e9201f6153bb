/**
 * Writing that a kill, a power cut or a full disk leaves as the old or the new, never as a half: under another name first,
 * through to the disk, then renamed.
 */
import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { writeThrough } from './hashed.ts'
import { privateFolderMode } from './private.ts'

/** Puts `bytes` in place of the file, or creates it with this mode; its folder must exist. @throws Error of the file system. */
export async function replaceFile(file: string, bytes: Uint8Array, mode: number): Promise<void> {
  const coming = `${file}.${process.pid}.part`
  try {
    await writeThrough(coming, bytes, mode)
    await rename(coming, file)
    await syncFolder(dirname(file))
  } catch (error) {
    await rm(coming, { force: true })
    throw error
  }
}

/** Puts a private folder, which `fill` gets empty, in place of the one at `place`. @throws what `fill` or the file system throws. */
export async function replaceFolder(place: string, fill: (coming: string) => Promise<void>): Promise<void> {
  const { coming, former } = besides(place)
  try {
    await recover(place)
    await rm(coming, { recursive: true, force: true })
    const firstMade = await mkdir(coming, { recursive: true, mode: privateFolderMode })
    await fill(coming)
    await syncFolder(coming)
    if (existsSync(place)) await rename(place, former)
    await rename(coming, place)
    await syncFolder(dirname(place))
    if (firstMade !== undefined && firstMade !== coming) await syncFolder(dirname(firstMade))
    await rm(former, { recursive: true, force: true })
  } catch (error) {
    await rm(coming, { recursive: true, force: true })
    throw error
  }
}

/** The path of the folder that `replaceFolder` put at `place`: after a kill between its renames it has another name. */
export function findFolder(place: string): string | null {
  return [place, besides(place).former].find(existsSync) ?? null
}

/** Removes it, and what a kill left beside it. */
export async function removeFolder(place: string): Promise<void> {
  const { coming, former } = besides(place)
  for (const folder of [coming, former, place]) await rm(folder, { recursive: true, force: true })
}

function besides(place: string): { readonly coming: string; readonly former: string } {
  return { coming: `${place}.coming`, former: `${place}.former` }
}

/** After a kill between the two renames only the former folder is there: it is put back. */
async function recover(place: string): Promise<void> {
  const { former } = besides(place)
  if (!existsSync(former)) return
  if (existsSync(place)) await rm(former, { recursive: true })
  else await rename(former, place)
}

/** Makes renames last through a power cut; Windows has no such call for folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && cannotSync.has(String(error.code)))) throw error
  }
}

/** Network file systems know no such call, and a folder that may be written to need not be readable. */
const cannotSync: ReadonlySet<string> = new Set(['EINVAL', 'ENOTSUP', 'ENOSYS', 'EACCES', 'EPERM'])
