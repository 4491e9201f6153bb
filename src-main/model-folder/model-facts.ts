/** ModelFacts: what the folder of a model says of itself in model.json, beside the files of its checkpoint. */
import { AppError } from '#main/core/errors'
import type { LabelSet, Signature } from '#main/labels/label-set'
import { assertKnownFamily } from '#main/runs/families/known-family'
import { upgradeRunConfig } from '#main/runs/older-config'
import type { Thresholds } from '#main/document/prediction'
import type { Run } from '#main/runs/run'
import type { CheckedSentence } from './check-predictions.ts'

/** Name of the file that makes a folder one of a model. */
export const factsName = 'model.json'
const format = 'espalier-model'
/** Version of the folder. What later versions add is left out by older ones only where that changes no prediction. */
export const folderVersion = 1

/**
 * Where words take their vectors from that training has not seen: `unknown` gives all of them one vector, `vectors` looks
 * them up in vectors.bin, `english` in the English vectors that come with the program, `pieces` builds every word from the pieces of a BERT.
 */
export type UnseenWords = 'unknown' | 'vectors' | 'english' | 'pieces'

/** How often a relation type went from one entity type to another in the gold that was trained on. */
export interface SeenSignature extends Signature {
  readonly count: number
}

/** The run that the model is of. Paths of the machine it was trained on are cut to the names of the files. */
export type ModelRun = Pick<
  Run,
  | 'runId'
  | 'name'
  | 'note'
  | 'config'
  | 'data'
  | 'createdMs'
  | 'finishedMs'
  | 'epoch'
  | 'bestEpoch'
  | 'bestDev'
  | 'device'
  | 'notes'
  | 'thresholds'
>

export interface ModelFacts {
  readonly format: typeof format
  readonly version: number
  /** Version of the program that wrote it. */
  readonly espalier: string
  /** Milliseconds since 1970. */
  readonly exportedMs: number
  readonly run: ModelRun
  readonly labels: LabelSet
  readonly seen: readonly SeenSignature[]
  readonly unseenWords: UnseenWords
  readonly selfCheck: readonly CheckedSentence[]
}

export function formatFacts(facts: Omit<ModelFacts, 'format' | 'version'>): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ format, version: folderVersion, ...facts }, null, 1)}\n`)
}

/**
 * @param file path for messages.
 * @throws AppError naming the file, when it is of a newer version or none that this program wrote.
 */
export function parseFacts(bytes: Uint8Array, file: string): ModelFacts {
  const stored = headOf(bytes)
  if (stored === null)
    throw new AppError(
      'invalid-input',
      `${file} does not describe a model of Espalier. Name the folder that "espalier model export" wrote.`,
    )
  if (stored.version > folderVersion)
    throw new AppError(
      'invalid-input',
      `${file} is of version ${stored.version} of model folders, and this Espalier reads versions up to ${folderVersion}. Update Espalier, or export the model again with this version.`,
    )
  const facts = stored as ModelFacts // its sum was compared: it is what formatFacts wrote
  assertKnownFamily(facts.run.config.model, file)
  const config = upgradeRunConfig(facts.run.config)
  const { thresholds } = facts.run
  // an earlier version tuned no common threshold
  const tuned = thresholds && {
    ...thresholds,
    usual: (thresholds as Partial<Thresholds>).usual ?? config.training.threshold,
  }
  return { ...facts, run: { ...facts.run, config, ...(tuned ? { thresholds: tuned } : {}) } }
}

function headOf(bytes: Uint8Array): Pick<ModelFacts, 'format' | 'version'> | null {
  try {
    const stored = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Partial<ModelFacts> | null
    if (stored?.format !== format || !Number.isSafeInteger(stored.version)) return null
    return stored as ModelFacts // both fields were looked at
  } catch {
    return null
  }
}
