/** Reads a backup, a folder or a zip archive: its manifest, and its files as sources. */
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import { openPath, pathSource } from '#main/files/path-source'
import { unreadable } from '#main/files/unreadable'
import { zipMembers } from '#main/files/zip'
import { manifestName, parseManifest, type BackupManifest } from './backup-manifest.ts'

export interface OpenBackup {
  /** As the person named it. */
  readonly place: string
  readonly manifest: BackupManifest
  /** The source of a file that the manifest names. @throws AppError when it is not there. */
  source(path: string): Source
}

/** No manifest of a million files is larger; text that is longer is not even read. */
const largestManifest = 500e6

/** @throws AppError naming the backup, and why it is none or cannot be read. */
export async function openBackup(place: string): Promise<OpenBackup> {
  const found = await stat(place).catch((error: unknown) => Promise.reject(unreadable(place, error)))
  const find = found.isDirectory() ? findIn(resolve(place), place) : await findInArchive(place)
  const source = find(manifestName)
  if (!source)
    throw new AppError(
      'invalid-input',
      `${place} is no backup: there is no ${manifestName} in it. Choose a backup that Espalier wrote.`,
    )
  const manifest = parseManifest(await readText(source), place)
  const missing = manifest.files.find(({ path }) => !find(path))
  if (missing)
    throw new AppError('storage', `${place} is not whole: ${missing.path} is missing. Choose another backup.`)
  return {
    place,
    manifest,
    source(path) {
      const file = find(path)
      if (!file) throw new AppError('storage', `${place} is not whole: ${path} is missing. Choose another backup.`)
      return file
    },
  }
}

type Find = (path: string) => Source | null

function findIn(folder: string, place: string): Find {
  return (path) => {
    const file = join(folder, path)
    return existsSync(file) ? pathSource(file, join(place, path), 0) : null
  }
}

async function findInArchive(place: string): Promise<Find> {
  openPath(place) // refuses what is no regular file
  const members = await zipMembers(place)
  return (path) => members.get(path) ?? null
}

async function readText(source: Source): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of source.open()) {
    text += decoder.decode(piece, { stream: true })
    if (text.length > largestManifest)
      throw new AppError('invalid-input', `${source.name} is too long to be one. Choose another backup.`)
  }
  return text + decoder.decode()
}
