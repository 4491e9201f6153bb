/** Checks the place of a folder that is put there when it is whole. It has to be free, unless it may be replaced. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { syncFolder } from './atomic.ts'
import { removeLeftParts } from './left-parts.ts'
import { pathBeside } from './part-file.ts'
import { alreadyThere, unwritable } from './unwritable.ts'

/** An empty folder may be there. @throws AppError when something else is that may not be replaced. */
export async function refuseOccupied(path: string, { replace = false }: { readonly replace?: boolean }): Promise<void> {
  if (replace || !existsSync(path)) return
  const names = await readdir(path).catch(() => null)
  if (names === null || names.length > 0) throw alreadyThere(path)
}

/** The former folder, or the file in its place, goes only when the new one is there. */
export async function putInPlace(coming: string, target: string): Promise<void> {
  await rmdir(target).catch(() => undefined) // an empty one
  const former = existsSync(target) ? pathBeside(target, 'former') : null
  if (former !== null) await rename(target, former)
  try {
    await rename(coming, target)
  } catch (error) {
    if (former !== null) await rename(former, target)
    throw error
  }
  await syncFolder(dirname(target))
  if (former !== null) await rm(former, { recursive: true, force: true })
}

/**
 * Lets `fill` write into a folder beside the place, then puts that there.
 * @throws AppError when the place is taken or cannot be written to; what `fill` throws. Nothing is left then.
 */
export async function writeFolder(
  path: string,
  options: { readonly replace?: boolean },
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  const target = resolve(path) // a separator at its end is none of its name
  await refuseOccupied(path, options)
  await removeLeftParts(target)
  const coming = pathBeside(target, 'part')
  await mkdir(coming).catch((error: unknown) => Promise.reject(unwritable(path, error)))
  try {
    await fill(coming).catch((error: unknown) => Promise.reject(isOfSystem(error) ? unwritable(path, error) : error))
    await syncFolder(coming)
    await refuseOccupied(path, options)
    await putInPlace(coming, target).catch((error: unknown) => Promise.reject(unwritable(path, error)))
  } finally {
    await rm(coming, { recursive: true, force: true })
  }
}

const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error
