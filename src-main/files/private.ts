/**
 * Folders and files that only their owner may read: texts and annotations are nobody else's business. Windows gives a
 * person's own folders to that person alone, so nothing is done there.
 */
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync, type Stats } from 'node:fs'
import { dirname, join } from 'node:path'

/** Modes to create with: rwx------ for folders, rw------- for files. */
export const privateFolderMode = 0o700
export const privateFileMode = 0o600

/** The permission bits of the group and of everybody else. */
const bitsOfOthers = 0o077

const hasModes = process.platform !== 'win32'

/** Creates the folder and its missing parents; a folder that exists keeps its mode. @throws Error of the file system. */
export function makePrivateFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return
  // one after the other: where a file system has no place for a folder, Node's own recursion never ends
  const parent = dirname(folder)
  if (parent !== folder) makePrivateFolder(parent)
  try {
    mkdirSync(folder, { mode: privateFolderMode })
  } catch (error) {
    // another process was faster
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

/**
 * Takes every permission of others from a file, or from a folder and all that is in it. A folder loses them last, so a
 * folder that is private already needs no look inside. Links are left alone, and so is what this user may not change.
 */
export function makePrivate(place: string): void {
  const found = hasModes ? statsOf(place) : null
  if (!found || found.isSymbolicLink() || !isOpen(found)) return
  if (found.isDirectory()) for (const name of namesIn(place)) makePrivate(join(place, name))
  withdraw(place, found)
}

/**
 * Makes what the program wrote in `folder` private, and the folder itself where it holds nothing else.
 * @param ours patterns of the names that the program gives.
 */
export function mendFolder(folder: string, ours: readonly RegExp[]): void {
  if (!hasModes) return
  const names = namesIn(folder).filter((name) => !name.startsWith('.'))
  const isOurs = (name: string): boolean => ours.some((pattern) => pattern.test(name))
  for (const name of names.filter(isOurs)) makePrivate(join(folder, name))
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found && isOpen(found) && names.every(isOurs)) withdraw(folder, found)
}

/** A place is private when nobody but its owner has a permission on it, as far as this system tells. */
export function isPrivate(place: string): boolean {
  const found = hasModes ? statSync(place, { throwIfNoEntry: false }) : undefined
  return !found || !isOpen(found)
}

function isOpen({ mode }: Stats): boolean {
  return (mode & bitsOfOthers) !== 0
}

/** A file system without modes and somebody else's file refuse this: they stay as they are. */
function withdraw(place: string, { mode }: Stats): void {
  try {
    chmodSync(place, mode & 0o7777 & ~bitsOfOthers)
  } catch {
    return
  }
}

function statsOf(place: string): Stats | null {
  return lstatSync(place, { throwIfNoEntry: false }) ?? null
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
