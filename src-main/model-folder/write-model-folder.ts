/** Writes the folder of a model: whole under its name, or not at all. */
import path from 'node:path'
import { AppError } from '#main/core/errors'
import type { StoredCalibration } from '#main/evaluation/run-calibration'
import type { FolderBytes } from '#main/files/checked-folder'
import { refuseOccupied, writeFolder } from '#main/files/folder-place'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { writeFiles } from './folder-files.ts'
import { vectorsName, writeVectors } from './folder-vectors.ts'
import { factsName, formatFacts, type ModelFacts } from './model-facts.ts'
import { calibrationName, cardName, encoderFolder, isModelFolder } from './model-folder.ts'

export interface FolderContent {
  readonly facts: Omit<ModelFacts, 'format' | 'version'>
  readonly card: string
  readonly calibration: StoredCalibration | null
  readonly checkpoint: FolderBytes
  readonly encoder: FolderBytes | null
  readonly vectors: WordVectors | null
}

export interface WriteOptions {
  /** Takes the place of the folder of another model; nothing else is ever replaced. */
  readonly replace: boolean
  /** Looks at what was written before it gets its name. */
  readonly verify: (folder: string) => Promise<void>
}

/** @throws AppError when something else than an empty folder is there that may not be replaced. */
export async function refuseTaken(place: string, { replace }: Pick<WriteOptions, 'replace'>): Promise<void> {
  if (replace && (await isModelFolder(place))) return
  await refuseOccupied(place, {}).catch((error: unknown) => {
    if (!replace) throw error
    throw new AppError(
      'conflict',
      `${place} is there already and is not the folder of a model, so it is not replaced. Choose another name.`,
    )
  })
}

export async function writeModelFolder(place: string, content: FolderContent, options: WriteOptions): Promise<void> {
  const { facts, card, calibration, checkpoint, encoder, vectors } = content
  await refuseTaken(place, options)
  await writeFolder(place, { replace: options.replace }, async (folder) => {
    const vectorSums = new Map<string, string>()
    if (vectors) vectorSums.set(vectorsName, await writeVectors(path.join(folder, vectorsName), vectors))
    const within = Object.entries(encoder ?? {}).map(([name, bytes]) => [`${encoderFolder}${name}`, bytes])
    const files: FolderBytes = {
      [factsName]: formatFacts(facts),
      [cardName]: new TextEncoder().encode(card),
      ...(calibration && { [calibrationName]: new TextEncoder().encode(`${JSON.stringify(calibration)}\n`) }),
      ...checkpoint,
      ...(Object.fromEntries(within) as FolderBytes), // names of files and their bytes
    }
    await writeFiles(folder, files, vectorSums)
    await options.verify(folder)
  })
}
