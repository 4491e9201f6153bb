/** BERT folders for runs: read whole or refused by name, kept in the workspace, given to the jobs that need them. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#main/core/errors'
import type { RunRequest } from '#main/api/runs'
import { describeSpareRows, readBertFolder, readPieces, type FolderFiles } from '#main/pretrained/bert-folder'
import { weightFiles } from '#main/pretrained/bert-weights'
import { bertFileNames } from '#main/pretrained/folder-files'
import type { BertEncoder, EncoderConfig } from '#main/runs/config'
import type { Workspace } from '#main/storage/workspace'

export interface ReadEncoder {
  readonly encoder: BertEncoder
  readonly files: FolderFiles
}

/** @throws AppError invalid-input naming the folder, and the file or weight that is missing or wrong. */
export function readEncoder({ folder, isFrozen }: NonNullable<RunRequest['encoder']>): ReadEncoder {
  const files = readFolder(folder)
  const { sizes } = naming(folder, () => readBertFolder(files))
  return { encoder: { kind: 'bert', sizes, isFrozen, source: { folder, sha256: hashOf(files) } }, files }
}

/** What a person should know of an encoder that was read, wherever its files lie now. */
export function notesOnEncoder({ encoder: { source, sizes }, files }: ReadEncoder): string[] {
  const note = naming(source.folder, () => describeSpareRows(readPieces(files), sizes))
  return note === null ? [] : [`${source.folder}: ${note}`]
}

function naming<T>(folder: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new AppError('invalid-input', `${folder}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function readFolder(folder: string): FolderFiles {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new AppError(
      'invalid-input',
      `There is no folder ${folder}. Give the folder of a BERT as Hugging Face publishes it: config.json, vocab.txt or tokenizer.json, model.safetensors.`,
    )
  const { needed, tokenizer, optional, weights } = bertFileNames
  const [single, index] = weights
  const small = readFiles(folder, [...needed, ...tokenizer, ...optional, index])
  const whole = readFiles(folder, [single])
  if (whole[single]) return { ...small, ...whole }
  return {
    ...small,
    ...readFiles(
      folder,
      naming(folder, () => weightFiles(small)),
    ),
  }
}

/** Those that are there. */
function readFiles(folder: string, names: readonly string[]): FolderFiles {
  return Object.fromEntries(
    names
      .filter((name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.isFile())
      .map((name) => [name, new Uint8Array(readFileSync(path.join(folder, name)))]),
  )
}

/** Over names and bytes, in the order of the names. */
function hashOf(files: FolderFiles): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(files).sort()) hash.update(`${name}\0`).update(files[name] ?? '')
  return hash.digest('hex')
}

/** What a job needs beside the checkpoint; null when it needs nothing. @throws AppError not-found */
export function encoderFilesFor(
  workspace: Workspace,
  encoder: EncoderConfig,
  isBeginning: boolean,
): FolderFiles | null {
  return encoder.kind === 'bert' && (isBeginning || encoder.isFrozen) ? filesOfEncoder(workspace, encoder) : null
}

/** The copy in the workspace, or else the folder it was made of. @throws AppError not-found */
export function filesOfEncoder({ encoders }: Workspace, { source: { folder, sha256 } }: BertEncoder): FolderFiles {
  const kept = encoders.read(sha256)
  if (kept) return kept
  const found = existsSync(folder) ? readFolder(folder) : {}
  if (hashOf(found) === sha256) return found
  throw new AppError(
    'not-found',
    `The encoder of this run is gone from the workspace, and ${folder} does not hold it any more. Put the folder back, or train anew.`,
  )
}

/** Where the states of a frozen encoder are kept for later epochs and runs. */
export function statesFolderFor({ folder }: Workspace, sha256: string): string {
  return path.join(folder, 'states', sha256)
}

/**
 * Removes encoders that no run has, in whatever state it is, and their states: each is hundreds of megabytes. What cannot
 * be removed, as while another program looks into it, stays until the next time: no other work is to fail for it.
 */
export function dropUnusedEncoders(workspace: Workspace): void {
  const encoders = workspace.runs.list().map(({ config }) => config.model.encoder)
  const used = new Set(encoders.flatMap((encoder) => (encoder.kind === 'bert' ? [encoder.source.sha256] : [])))
  const states = path.join(workspace.folder, 'states')
  try {
    workspace.encoders.keepOnly(used)
    for (const sha256 of existsSync(states) ? readdirSync(states) : [])
      if (!used.has(sha256)) rmSync(statesFolderFor(workspace, sha256), { recursive: true, force: true })
  } catch {
    // it is tried again when a run is removed, and when the workspace opens
  }
}
