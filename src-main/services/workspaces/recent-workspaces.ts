/** The workspaces that this person opened, latest first, in a private file of their config folder. */
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ListedWorkspace } from '#main/api/workspaces'
import { replaceFile } from '#main/files/atomic'
import { makePrivateFolder, privateFileMode } from '#main/files/private'
import { configFolder } from '#main/machine/config-folder'

export interface OpenedWorkspace {
  readonly folder: string
  /** Milliseconds since 1970. */
  readonly openedMs: number
}

const most = 20

/** Entries that Espalier did not write are left out; a file that is missing or damaged lists none. */
export function readRecent(config = configFolder()): readonly OpenedWorkspace[] {
  try {
    const listed = JSON.parse(readFileSync(fileIn(config), 'utf8')) as unknown
    return Array.isArray(listed) ? listed.filter(isEntry) : []
  } catch {
    return []
  }
}

/** A file that cannot be written is no reason not to work: the list then stays as it was. */
export async function noteOpened(folder: string, openedMs: number, config = configFolder()): Promise<void> {
  await write([{ folder, openedMs }, ...without(folder, config)].slice(0, most), config)
}

/** As `noteOpened`, but for workspaces in the system's temporary folder: they go by themselves. */
export async function rememberOpened(folder: string): Promise<void> {
  const named = path.resolve(folder)
  if (!named.startsWith(path.join(tmpdir(), path.sep))) await noteOpened(named, Date.now())
}

export async function forgetWorkspace(folder: string, config = configFolder()): Promise<void> {
  if (existsSync(fileIn(config))) await write(without(folder, config), config)
}

/** The list for the window; the workspace that is open is in it even where it was not noted. */
export function listRecent(open: string, config?: string): readonly ListedWorkspace[] {
  const noted = readRecent(config)
  const isNoted = noted.some(({ folder }) => folder === open)
  return [...(isNoted ? [] : [{ folder: open, openedMs: null }]), ...noted].map(({ folder, openedMs }) => ({
    ...{ folder, openedMs, name: path.basename(folder), isOpen: folder === open },
    isThere: existsSync(path.join(folder, 'espalier.sqlite')),
  }))
}

function without(folder: string, config: string): readonly OpenedWorkspace[] {
  return readRecent(config).filter((entry) => entry.folder !== folder)
}

async function write(entries: readonly OpenedWorkspace[], config: string): Promise<void> {
  try {
    makePrivateFolder(config)
    await replaceFile(fileIn(config), new TextEncoder().encode(JSON.stringify(entries, null, 2)), privateFileMode)
  } catch {
    return
  }
}

function isEntry(value: unknown): value is OpenedWorkspace {
  const { folder, openedMs } = { ...(value as object) } as Partial<Record<keyof OpenedWorkspace, unknown>>
  return typeof folder === 'string' && path.isAbsolute(folder) && typeof openedMs === 'number'
}

const fileIn = (config: string): string => path.join(config, 'workspaces.json')
