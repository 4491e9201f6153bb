/** BERT folders for runs: read whole or refused by name, kept in the workspace, given to the jobs that need them. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#main/core/errors'
import type { RunRequest } from '#main/api/runs'
import { DamagedFile } from '#main/files/checked-folder'
import { hashTogether, readBytes } from '#main/files/hashed'
import { statRegular } from '#main/files/regular'
import { describeSpareRows, readBertFolder, readPieces, type FolderFiles } from '#main/pretrained/bert-folder'
import { weightFiles } from '#main/pretrained/bert-weights'
import { bertFileNames } from '#main/pretrained/folder-files'
import type { BertEncoder, EncoderConfig } from '#main/runs/config'
import type { Workspace } from '#main/storage/workspace'

export interface ReadEncoder {
  readonly encoder: BertEncoder
  readonly files: FolderFiles
  /** That the copy in the workspace was damaged; null where it was not, or none was read. */
  readonly note: string | null
}

/** @throws AppError invalid-input naming the folder, and the file or weight that is missing or wrong. */
export async function readEncoder({ folder, isFrozen }: NonNullable<RunRequest['encoder']>): Promise<ReadEncoder> {
  const files = await readFolder(folder)
  const { sizes } = naming(folder, () => readBertFolder(files))
  return {
    encoder: { kind: 'bert', sizes, isFrozen, source: { folder, sha256: await hashTogether(files) } },
    files,
    note: null,
  }
}

/** Notes for the person on an encoder that was read, wherever its files lie now. */
export function notesOnEncoder({ encoder: { source, sizes }, files, note }: ReadEncoder): string[] {
  const spare = naming(source.folder, () => describeSpareRows(readPieces(files), sizes))
  return [...(note === null ? [] : [note]), ...(spare === null ? [] : [`${source.folder}: ${spare}`])]
}

function naming<T>(folder: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new AppError('invalid-input', `${folder}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function readFolder(folder: string): Promise<FolderFiles> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new AppError(
      'invalid-input',
      `There is no folder ${folder}. Give the folder of a BERT as Hugging Face publishes it: config.json, vocab.txt or tokenizer.json, model.safetensors.`,
    )
  const { needed, tokenizer, optional, weights } = bertFileNames
  const [single, index] = weights
  const small = await readFiles(folder, [...needed, ...tokenizer, ...optional, index])
  const whole = await readFiles(folder, [single])
  if (whole[single]) return { ...small, ...whole }
  return {
    ...small,
    ...(await readFiles(
      folder,
      naming(folder, () => weightFiles(small)),
    )),
  }
}

/** Those that are there. */
async function readFiles(folder: string, names: readonly string[]): Promise<FolderFiles> {
  const files: Record<string, Uint8Array> = {}
  for (const file of names.map((name) => path.join(folder, name)).filter(existsSync)) {
    await statRegular(file, 'a file of a BERT folder')
    files[path.basename(file)] = await readBytes(file).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw new AppError('invalid-input', `${file} cannot be read (${reason}). Check its permissions.`)
    })
  }
  return files
}

export interface KeptEncoder {
  readonly files: FolderFiles
  /** Note for the person that the copy in the workspace was damaged; null where it was not. */
  readonly note: string | null
}

/** Reads the files of the encoder that a job needs beside the checkpoint; null when it needs none. @throws AppError not-found or storage */
export async function encoderFilesFor(
  workspace: Workspace,
  encoder: EncoderConfig,
  isBeginning: boolean,
): Promise<KeptEncoder | null> {
  return encoder.kind === 'bert' && (isBeginning || encoder.isFrozen) ? filesOfEncoder(workspace, encoder) : null
}

/**
 * The copy in the workspace, or else the folder it was made of, from which a damaged copy is made again.
 * @throws AppError not-found, or storage where the copy is damaged, when that folder does not hold the encoder any more.
 */
export async function filesOfEncoder({ encoders }: Workspace, { source }: BertEncoder): Promise<KeptEncoder> {
  const { folder, sha256 } = source
  const kept = await encoders.read(sha256).catch((error: unknown) => {
    if (error instanceof DamagedFile) return error
    throw error
  })
  if (kept && !(kept instanceof DamagedFile)) return { files: kept, note: null }
  const found = existsSync(folder) ? await readFolder(folder) : {}
  if ((await hashTogether(found)) !== sha256)
    throw kept
      ? new AppError(
          'storage',
          `${kept.reason}, and ${folder}, which it was copied from, does not hold that encoder any more. Put either back, or train a new run.`,
        )
      : new AppError(
          'not-found',
          `The encoder of this run is gone from the workspace, and ${folder} does not hold it any more. Put the folder back, or train a new run.`,
        )
  if (!kept) return { files: found, note: null }
  await encoders.keep(sha256, found)
  return { files: found, note: `${kept.reason}. It was copied again from ${folder}, which still holds the encoder.` }
}

/** Folder in which the states of a frozen encoder are kept for later epochs and runs. */
export function statesFolderFor({ folder }: Workspace, sha256: string): string {
  return path.join(folder, 'states', sha256)
}

/**
 * Removes encoders that no run has, in whatever state it is, and their states: each is hundreds of megabytes. What cannot
 * be removed, as while another program looks into it, stays until the next time: no other work is to fail for it.
 */
export function dropUnusedEncoders(workspace: Workspace): void {
  const encoders = workspace.runs.listWithBin().map(({ config }) => config.model.encoder)
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
