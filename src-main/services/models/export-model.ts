/** Writes the best epoch of a run into a folder of its own, and lets the folder predict its own sentences before it gets its name. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { ModelExport } from '#main/api/models'
import { AppError } from '#main/core/errors'
import { withoutGold } from '#main/document/labelled-sentence'
import type { StoredCalibration } from '#main/evaluation/run-calibration'
import type { StoredEvaluation } from '#main/evaluation/stored-evaluation'
import type { FolderBytes } from '#main/files/checked-folder'
import { filesUnder } from '#main/files/pack-folder'
import { untypedEntity } from '#main/labels/label-set'
import { readOwnPackage } from '#main/machine/own-package'
import { chosenRows, writableVectors } from '#main/model-folder/folder-vectors'
import { describeUnseen, formatModelCard } from '#main/model-folder/model-card'
import type { ModelFacts, UnseenWords } from '#main/model-folder/model-facts'
import { openModelFolder, type ModelFolder } from '#main/model-folder/model-folder'
import { refuseTaken, writeModelFolder } from '#main/model-folder/write-model-folder'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { vocabularyFromText } from '#main/pretrained/vocabulary'
import type { Run } from '#main/runs/run'
import { describeChanged, englishVectors } from '#main/runs/vector-choice'
import type { Workspace } from '#main/storage/workspace'
import type { ServiceContext } from '../context.ts'
import { openSession, type PredictionSession, type SessionOptions } from '../runs/prediction-session.ts'
import { readRunModel } from '../runs/run-model.ts'
import { openEnglishVectors } from '../runs/english-vectors.ts'
import type { FindVectors } from '../runs/model-source.ts'
import { readVectorFile } from '../runs/vector-files.ts'
import type { Tell } from '../workspaces/as-task.ts'
import { checkModel } from './check-model.ts'
import { seenSignatures, sentencesToCheck } from './model-sentences.ts'

type CalibrationOf = (
  run: Run,
  signal: AbortSignal,
) => Promise<{ readonly found: StoredCalibration | null; readonly remark: string | null }>

export interface ExportOptions {
  readonly path: string
  readonly vectors: 'known' | 'all'
  readonly replace: boolean
  readonly sessionOf: (folder: ModelFolder) => PredictionSession
  /** The calibration of the present weights, or why there is none. */
  readonly calibrationOf: CalibrationOf
}

/** @throws AppError when the place is taken, the vector file is gone or has changed, or the disk is full; nothing is left then. */
export async function exportModel(
  context: Pick<ServiceContext, 'workspace' | 'tellOnce' | 'now'>,
  computing: SessionOptions,
  run: Run,
  { path: place, vectors: choice, replace, sessionOf, calibrationOf }: ExportOptions,
  tell: Tell,
  signal: AbortSignal,
): Promise<ModelExport> {
  const { workspace, now } = context
  await refuseTaken(place, { replace })
  tell(0, 'reading the checkpoint')
  const vectors = choice === 'all' ? await allVectors(run, signal) : null
  const source = await readRunModel(context, run, () =>
    vectors ? async (words) => rowsOf(vectors, words) : ofProgram(run),
  )
  const { checkpoint, encoder } = source
  tell(0.1, 'calibrating its probabilities')
  const { found: calibration, remark } = await calibrationOf(run, signal)
  tell(0.3, 'predicting the sentences of the self-check')
  const asked = sentencesToCheck(workspace.corpora, run)
  const session = openSession({ ...source, threads: 1 }, computing)
  const predictions = await session.predict(asked, { signal }).finally(() => session.close())
  const facts: Omit<ModelFacts, 'format' | 'version'> = {
    espalier: readOwnPackage().version,
    exportedMs: now(),
    run: withoutPaths(run),
    labels: workspace.labels.get(run.corpusId),
    seen: await seenSignatures(workspace.corpora, run, untypedEntity),
    unseenWords: unseenWordsOf(run, vectors),
    selfCheck: asked.flatMap((sentence, at) => {
      const found = predictions[at]
      return found ? [{ ...withoutGold(sentence), tags: found.tags, spans: found.spans, cells: found.cells }] : []
    }),
  }
  const words = wordsIn(checkpoint)
  const card = formatModelCard({
    ...{ facts, evaluations: evaluationsOf(workspace, run), words },
    vectors: vectors?.words.length ?? 0,
  })
  tell(0.5, 'writing the folder')
  signal.throwIfAborted()
  const content = { facts, card, calibration, checkpoint, encoder, vectors }
  await writeModelFolder(place, content, {
    replace,
    verify: async (folder) => {
      tell(0.8, 'checking the folder')
      const written = await openModelFolder(folder)
      await checkModel({ ...written, path: place }, sessionOf(written))
      signal.throwIfAborted()
    },
  })
  const unseen = describeUnseen(facts, words, vectors?.words.length ?? 0)
  return {
    path: place,
    bytes: await sizeOf(place),
    unseen,
    notes: [...notesOn(run, choice), ...(remark === null ? [] : [remark])],
  }
}

/** All rows of the file that the run began from. */
async function allVectors(run: Run, signal: AbortSignal): Promise<WordVectors> {
  const { name } = run
  const { vectors } = run.config
  if (!vectors)
    throw new AppError(
      'invalid-input',
      `${name} was trained without a file of word vectors, so there are none to take along. Leave --vectors out.`,
    )
  if (vectors.file === englishVectors) return writableVectors(await allEnglish(run))
  const found = await readVectorFile(vectors.file, everything, signal)
  if (found.sha256 === vectors.sha256) return writableVectors(found.vectors)
  throw new AppError(
    'invalid-input',
    `${vectors.file} is not the file any more that ${name} was trained with. Put the former file back, or leave --vectors out.`,
  )
}

/** All of the English vectors, as the run began from them. @throws AppError where this version of the program has others. */
async function allEnglish({ config }: Run): Promise<WordVectors> {
  const { sha256, words, of } = await openEnglishVectors()
  if (sha256 === config.vectors?.sha256) return of(words)
  throw new AppError('invalid-input', `${describeChanged(englishVectors)} Leave --vectors out.`)
}

/** Looks words up in the English vectors where the run began from those of this version; null for all other runs. */
function ofProgram({ config }: Run): FindVectors | null {
  if (config.vectors?.file !== englishVectors) return null
  return async (words) => {
    const { sha256, of } = await openEnglishVectors()
    if (sha256 === config.vectors?.sha256) return of(words)
    throw new AppError('invalid-input', `${describeChanged(englishVectors)} Train a new run.`)
  }
}

const everything = Object.assign(new Set<string>(), { has: () => true })

/** Vectors of these words alone; null where none has one. */
function rowsOf(vectors: WordVectors, asked: ReadonlySet<string>): WordVectors | null {
  const found = chosenRows(vectors, (word) => asked.has(word))
  return found.words.length > 0 ? found : null
}

function unseenWordsOf({ config }: Run, vectors: WordVectors | null): UnseenWords {
  if (config.model.encoder.kind === 'bert') return 'pieces'
  if (vectors) return 'vectors'
  return config.vectors?.file === englishVectors ? 'english' : 'unknown'
}

/** Paths say something about a machine and nothing to another one. */
function withoutPaths(run: Run): ModelFacts['run'] {
  const { runId, name, note, data, createdMs, finishedMs, epoch, bestEpoch, bestDev, device, notes = [] } = run
  const { vectors, model } = run.config
  const { encoder } = model
  const config: Run['config'] = {
    ...run.config,
    vectors: vectors && { ...vectors, file: path.basename(vectors.file) },
    model:
      encoder.kind === 'bert'
        ? {
            ...model,
            encoder: { ...encoder, source: { ...encoder.source, folder: path.basename(encoder.source.folder) } },
          }
        : model,
  }
  const thresholds = run.thresholds ?? null
  return {
    runId,
    name,
    note,
    config,
    data,
    createdMs,
    finishedMs,
    epoch,
    bestEpoch,
    bestDev,
    device,
    notes,
    thresholds,
  }
}

/** The latest scores of the weights that are exported, of test before dev. */
function evaluationsOf({ evaluations }: Workspace, { runId, bestEpoch }: Run): StoredEvaluation[] {
  const ofWeights = evaluations.ofRun(runId).filter(({ checkpointEpoch }) => checkpointEpoch === bestEpoch)
  return (['test', 'dev'] as const).flatMap((split) => {
    const latest = ofWeights.findLast((row) => row.split === split)
    return latest ? [{ ...latest.evaluation, ...latest, split, changedSentences: 0, hasCounts: false }] : []
  })
}

function wordsIn(files: FolderBytes): number {
  const text = files['vocabulary.txt']
  return text ? vocabularyFromText(new TextDecoder().decode(text)).size - 2 : 0 // two rows are reserved
}

function notesOn({ config, name }: Run, choice: ExportOptions['vectors']): string[] {
  if (!config.vectors || config.vectors.file === englishVectors || choice === 'all') return []
  return [
    `${name} looks up words that training has not seen in ${config.vectors.file}; the folder does not. Export with --vectors all to take that file's vectors along.`,
  ]
}

async function sizeOf(place: string): Promise<number> {
  let bytes = 0
  for (const name of await filesUnder(place)) bytes += (await stat(path.join(place, name))).size
  return bytes
}
