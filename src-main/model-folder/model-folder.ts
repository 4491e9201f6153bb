/** ModelFolder: a trained model by itself, opened only when every file of it is what was written. */
import { open } from 'node:fs/promises'
import path from 'node:path'
import type { StoredCalibration } from '#main/evaluation/run-calibration'
import type { FolderBytes } from '#main/files/checked-folder'
import { sumsName, type Sums } from '#main/files/sums'
import { factsName, parseFacts, type ModelFacts } from './model-facts.ts'
import { piecesOf, readFileOf, readSums } from './folder-files.ts'
import { indexVectors, vectorsName, type FolderVectors } from './folder-vectors.ts'

/** Files of a frozen BERT lie in this folder of their own. */
export const encoderFolder = 'encoder/'

export interface ModelFolder {
  /** The path as a person named it. */
  readonly path: string
  readonly facts: ModelFacts
  readonly calibration: StoredCalibration | null
  /** Files of the checkpoint by name: config.json, vocabulary or word pieces, weights.safetensors, metrics.json. */
  readonly checkpoint: FolderBytes
  /** Files of a frozen BERT by name; null where the weights hold all. */
  readonly encoder: FolderBytes | null
  /** Vectors of words that training has not seen; null where they did not come along. */
  readonly vectors: FolderVectors | null
}

/** The card is for people, who may write on it: nothing is read from it. */
export const cardName = 'README.md'

/** How right the probabilities of the model are on dev; a model without relations has no such file. */
export const calibrationName = 'calibration.json'

const notOfCheckpoint: ReadonlySet<string> = new Set([factsName, cardName, calibrationName, vectorsName])

/** @throws AppError in a sentence that names the file that is missing, damaged or of another version, and says what to do. */
export async function openModelFolder(folder: string): Promise<ModelFolder> {
  const sums = await readSums(folder)
  const facts = parseFacts(await readFileOf(folder, factsName, sums), path.join(folder, factsName))
  const files: Record<string, Uint8Array> = {}
  for (const name of sums.keys())
    if (name !== vectorsName && name !== cardName) files[name] = await readFileOf(folder, name, sums)
  const names = Object.keys(files)
  const encoder = names.filter((name) => name.startsWith(encoderFolder))
  const checkpoint = names.filter((name) => !name.includes('/') && !notOfCheckpoint.has(name))
  const pick = (some: readonly string[]): FolderBytes =>
    Object.fromEntries(some.map((name) => [name.replace(encoderFolder, ''), files[name] ?? new Uint8Array()]))
  return {
    path: folder,
    facts,
    calibration: calibrationIn(files[calibrationName]),
    checkpoint: pick(checkpoint),
    encoder: encoder.length > 0 ? pick(encoder) : null,
    vectors: await vectorsIn(folder, sums),
  }
}

function calibrationIn(bytes: Uint8Array | undefined): StoredCalibration | null {
  return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as StoredCalibration) : null // its sum was compared
}

async function vectorsIn(folder: string, sums: Sums): Promise<FolderVectors | null> {
  const sha256 = sums.get(vectorsName)
  if (sha256 === undefined) return null
  return indexVectors(path.join(folder, vectorsName), piecesOf(folder, vectorsName, sums), sha256)
}

/** Whether a path is the folder of a model, whole or damaged: what tells it from a folder of texts. */
export async function isModelFolder(folder: string): Promise<boolean> {
  const [facts, sums] = await Promise.all([factsName, sumsName].map((name) => beginningOf(path.join(folder, name))))
  return /^\s*\{\s*"format":\s*"espalier-model"/.test(facts ?? '') || / {2}model\.json$/m.test(sums ?? '')
}

async function beginningOf(file: string): Promise<string | null> {
  const handle = await open(file, 'r').catch(() => null)
  if (!handle) return null
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(2 ** 16), 0, 2 ** 16, 0)
    return new TextDecoder().decode(buffer.subarray(0, bytesRead))
  } catch {
    return null // a folder of that name
  } finally {
    await handle.close()
  }
}
