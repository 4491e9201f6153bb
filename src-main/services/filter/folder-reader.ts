/** The model of a folder as a reader of documents: its triples are chosen and marked as those of the run in its workspace. */
import type { ModelFolder } from '#main/model-folder/model-folder'
import type { Reader } from '../extraction/read-docs.ts'
import { readingBy } from '../extraction/rule-reading.ts'
import { asTrained, rulesOf, type RuleChoice } from '../extraction/rules.ts'
import { posNote } from '../runs/missing-pos.ts'
import type { PredictionSession } from '../runs/prediction-session.ts'
import { modelOf } from '../runs/stored-model.ts'

export interface FolderReader extends Reader {
  /** Sentences about what its rules cannot do. */
  readonly remarks: readonly string[]
}

/** @throws AppError 'conflict' where no threshold gives the precision that is asked for. */
export function readerOf(
  { facts, calibration, checkpoint }: ModelFolder,
  session: PredictionSession,
  choice: RuleChoice = asTrained,
): FolderReader {
  const { run, labels, seen } = facts
  const pairs = { signatures: labels.signatures, seen }
  const rules = rulesOf(run, choice, calibration, pairs, [])
  const noteOf = posNote(run, modelOf(checkpoint).partsOfSpeech)
  return { run, session, noteOf, reading: readingBy(rules), remarks: rules.remarks }
}
